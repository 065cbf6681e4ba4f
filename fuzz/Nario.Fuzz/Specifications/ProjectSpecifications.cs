using System.Reflection;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Lowering;
using Nario.Ksy.Model;
using Nario.Ksy.Programs;
using Nario.Ksy.Syntax;

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
    public static IReadOnlyList<SpecProgram> Compile() => Compile(All, out _);

    /// <summary>Binds and compiles specifications.</summary>
    /// <param name="files">The files and their texts; they may import each other.</param>
    /// <param name="diagnostics">What was found in them.</param>
    /// <returns>The programs of those without an error.</returns>
    public static IReadOnlyList<SpecProgram> Compile(
        IReadOnlyList<(string File, string Text)> files, out IReadOnlyList<KsyDiagnostic> diagnostics)
    {
        SpecSource[] sources = [.. files.Select(static file => new SpecSource(file.File, file.Text))];
        BindResult[] bound = [.. sources.Select(source => Ksy.Binding.Binder.Bind(source, sources))];
        IReadOnlyList<SpecProgram> programs = SpecCompiler.Compile(
            [.. bound.Select(static result => result.Model).OfType<SpecModel>()],
            static _ => null,
            out IReadOnlyList<KsyDiagnostic> found);
        diagnostics = [.. bound.SelectMany(static result => result.Diagnostics), .. found];
        return programs;
    }

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
