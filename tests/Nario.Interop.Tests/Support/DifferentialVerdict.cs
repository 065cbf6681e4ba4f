namespace Nario.Interop.Tests.Support;

/// <summary>What is decided of a nario on which this project and a real <c>nix nario</c> disagreed.</summary>
/// <param name="Name">Its name without folder and ending.</param>
/// <param name="IsListed">Whether <c>list</c> accepts it.</param>
/// <param name="IsListedWithTrees">Whether <c>list -R</c> accepts it.</param>
/// <param name="IsImported">Whether an import accepts it that checks no signatures.</param>
/// <param name="IsTrusted">Whether an import into an empty store accepts it that trusts the keys of the vectors.</param>
/// <param name="Decision">Why.</param>
internal sealed record DifferentialVerdict(
    string Name, bool IsListed, bool IsListedWithTrees, bool IsImported, bool IsTrusted, string Decision);
