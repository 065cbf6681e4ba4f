namespace Nario.Interop.Tests.Support;

/// <summary>What the official compiler and its readers make of the specifications.</summary>
/// <param name="Compiled">The files that the compiler writes, by language.</param>
/// <param name="Narios">What each nario holds.</param>
internal sealed record KaitaiReport(IReadOnlyDictionary<string, string[]> Compiled, IReadOnlyList<KaitaiNario> Narios);
