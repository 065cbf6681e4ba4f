using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Lowering;

/// <summary>What an instruction was lowered from.</summary>
/// <param name="Diagnostics">Where it is told of.</param>
/// <param name="Span">Its place in the specification.</param>
internal sealed record InstructionOrigin(DiagnosticBag Diagnostics, SourceSpan Span)
{
    /// <summary>Reports what is wrong with it.</summary>
    public void Report(KsyRule rule, params object[] arguments) => Diagnostics.Report(rule, Span, arguments);
}
