using System.Text;
using Nario.Fuzz.Seeds;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Programs;

namespace Nario.Fuzz.Specifications;

/// <summary>The compiler of specifications.</summary>
internal sealed class SpecificationHarness : IHarness
{
    private const string File = "input.ksy";

    /// <inheritdoc/>
    public string Name => "specification";

    /// <inheritdoc/>
    public string Description => "compiles a specification next to those of the project: a program, or diagnostics inside its text";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        IReadOnlyList<SpecProgram> programs = ProjectSpecifications.Compile(
            [(File, text), .. ProjectSpecifications.Imported], out IReadOnlyList<KsyDiagnostic> diagnostics);
        FindingException.Unless(
            programs.Any(static program => program.File == File) || diagnostics.Any(static item => item.File == File),
            "there is neither a program nor a reason");
        foreach (KsyDiagnostic item in diagnostics.Where(static item => item.File == File))
        {
            FindingException.Unless(
                item.Span.Start >= 0 && item.Span.Length >= 0 && item.Span.Start + item.Span.Length <= text.Length,
                $"a diagnostic is outside the text: {item}");
            FindingException.Unless(!item.Message.Any(char.IsControl), "a diagnostic holds a control character");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Specifications;
}
