using Nario.Store.Paths;

namespace Nario.Store.Local.Database;

/// <summary>What the database is told of a path that becomes valid.</summary>
/// <param name="Info">What is known of it. An unknown time is taken as now.</param>
/// <param name="Outputs">The outputs of a derivation whose paths are known, by name.</param>
internal record Registration(ValidPathInfo Info, IReadOnlyDictionary<string, StorePath> Outputs);
