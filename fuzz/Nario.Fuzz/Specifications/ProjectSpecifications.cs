using System.Reflection;
using Nario.Ksy.Lowering;
using Nario.Ksy.Programs;

namespace Nario.Fuzz.Specifications;

/// <summary>The specifications of the project.</summary>
internal static class ProjectSpecifications
{
    private const string ImportedFile = "nix_wire.ksy";

    /// <summary>Gets the file name and the text of each.</summary>
    public static IReadOnlyList<(string File, string Text)> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(static name => name.EndsWith(".ksy", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => (name, Read(name))),
    ];

    /// <summary>Gets those that stand next to the one that is tried, to be imported by it.</summary>
    public static IReadOnlyList<(string File, string Text)> Imported { get; } =
        [.. All.Where(static item => item.File == ImportedFile)];

    /// <summary>Compiles all of them.</summary>
    public static IReadOnlyList<SpecProgram> Compile() => SpecCompiler.Compile(All, out _);

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
