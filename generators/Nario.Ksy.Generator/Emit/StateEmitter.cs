using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the tokens, the steps and the state of a stream program.</summary>
internal sealed class StateEmitter(SourceWriter writer, TypeNames types, StreamNames names)
    : StreamEmitter(writer, types, names)
{
    public void Emit()
    {
        EmitTokens();
        Writer.Line();
        EmitSteps();
        Writer.Line();
        EmitState();
    }

    private void EmitTokens()
    {
        Writer.Summary(null, $"What a {Names.Reader} reports and a {Names.Writer} is told.");
        Writer.Open($"public enum {Names.TokenType}");
        Writer.Summary(null, "None yet, or none any more.");
        Writer.Line("None,");
        foreach (Token token in Program.Tokens)
        {
            Writer.Line();
            string doc = token.Doc?.Trim() ?? $"The {string.Join(" ", token.Path)}.";
            Writer.Summary(
                token.Kind switch
                {
                    TokenKind.ListStart or TokenKind.Embedded => $"Beginning of: {doc}",
                    TokenKind.ListEnd => $"End of: {doc}",
                    TokenKind.Content => $"A piece of: {doc}",
                    _ => doc,
                });
            Writer.Line($"{Names.Of(token)},");
        }

        Writer.Close();
    }

    private void EmitSteps()
    {
        Writer.Summary(null, $"Places of the {Program.SpecId} specification at which a reader or a writer can stand.");
        Writer.Open($"internal enum {Names.StepType}");
        foreach (Instruction instruction in Instructions)
        {
            Writer.Line($"{Names.Bare(instruction)},");
            if (Names.BareRest(instruction) is { } rest)
            {
                Writer.Line($"{rest},");
            }
        }

        Writer.Line("Failed,");
        Writer.Close();
    }

    private void EmitState()
    {
        EmbedInstruction[] embedded = [.. Instructions.OfType<EmbedInstruction>()];
        EndInstruction end = Program.Procedures[0].Instructions.OfType<EndInstruction>().Single();
        Writer.Summary(
            null,
            $"Where a {Names.Reader} or a {Names.Writer} stands between two blocks. It is made once and can serve one archive after another."
        );
        Writer.Open($"public sealed class {Names.State}");
        foreach (EmbedInstruction embed in embedded)
        {
            Writer.Summary($"State of: {embed.Token.Doc?.Trim() ?? embed.SpecId}");
            Writer.Line($"public {Types.StreamType(embed.SpecId, "State")} {Names.Inner(embed)} {{ get; }} = new();");
            Writer.Line();
        }

        Writer.Summary(null, "Whether everything was read or written.");
        Writer.Line($"public bool IsComplete => Step == {Names.Of(end)};");
        Writer.Line();
        Writer.Summary(null, "Whether what was read is not valid; nothing more can be read then.");
        Writer.Line($"public bool HasFailed => Step == {Names.StepType}.Failed;");
        Writer.Line();
        Writer.Summary(null, "Offset of the next byte, counted from where the state was reset to.");
        if (embedded.Length == 0)
        {
            Writer.Line("public long Offset { get; internal set; }");
        }
        else
        {
            Writer.Open("public long Offset");
            Writer.Line("get => Step switch");
            Writer.Open();
            foreach (EmbedInstruction embed in embedded)
            {
                Writer.Line($"{Names.Rest(embed)} => {Names.Inner(embed)}.Offset,");
            }

            Writer.Line("_ => field,");
            Writer.Close(";");
            Writer.Line("internal set;");
            Writer.Close();
        }

        Writer.Line();
        Writer.Line(
            $"internal {Names.StepType} Step {{ get; set; }} = {Names.Of(Program.Procedures[0].Instructions[0])};");
        Writer.Line();
        Writer.Summary(null, "Offset that must not be passed.");
        Writer.Line("internal long End { get; set; } = long.MaxValue;");
        Writer.Line();
        Writer.Summary(null, "Bytes of the current streamed field that are still to come.");
        Writer.Line("internal long Remaining { get; set; }");
        foreach (Procedure procedure in Program.Procedures)
        {
            EmitStorage(procedure);
        }

        Writer.Line();
        Writer.Summary(null, "Goes back to the beginning.");
        Writer.Line("/// <param name=\"offset\">Offset of the first byte.</param>");
        Writer.Line("/// <param name=\"end\">Offset that must not be passed.</param>");
        Writer.Open("public void Reset(long offset = 0, long end = long.MaxValue)");
        Writer.Line($"Step = {Names.Of(Program.Procedures[0].Instructions[0])};");
        Writer.Line("Offset = offset;");
        Writer.Line("End = end;");
        Writer.Line("Remaining = 0;");
        foreach (Slot slot in Program.Procedures[0].Slots)
        {
            Writer.Line($"{Names.Kept(slot)} = default;");
        }

        foreach (Procedure procedure in Program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            Writer.Line($"{Names.Depth(procedure)} = 0;");
        }

        Writer.Close();
        Writer.Line();
        Writer.Summary(null, "Ends the archive at an offset up to which it was read, or passed over, elsewhere.");
        Writer.Line("/// <param name=\"offset\">Offset beyond its last byte.</param>");
        Writer.Open("internal void Complete(long offset)");
        Writer.Line($"Step = {Names.Of(end)};");
        Writer.Line("Offset = offset;");
        Writer.Close();
        Writer.Line();
        Writer.Summary(null, "Refuses further reading, after an error that the specification cannot express.");
        Writer.Line($"internal void MarkFailed() => Step = {Names.StepType}.Failed;");
        Writer.Line();
        Writer.Summary(null, "Takes back bytes of a streamed field that were to be passed over and are not there.");
        Writer.Line("/// <param name=\"count\">How many of them.</param>");
        Writer.Open("internal void Unskip(long count)");
        Writer.Line("Offset -= count;");
        Writer.Line("Remaining += count;");
        Writer.Close();
        foreach (Procedure procedure in Program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            Writer.Line();
            Writer.Summary(null, $"What is kept of one {procedure.Name} while what it contains is read or written.");
            Writer.Open($"internal struct {Names.Frame(procedure)}");
            Writer.Line($"public {Names.StepType} Return;");
            foreach (Slot slot in procedure.Slots)
            {
                Writer.Line();
                Writer.Line($"public {Types.Of(slot)} {Names.Kept(slot)};");
            }

            Writer.Close();
        }

        Writer.Close();
    }

    private void EmitStorage(Procedure procedure)
    {
        if (procedure.IsRoot)
        {
            foreach (Slot slot in procedure.Slots)
            {
                Writer.Line();
                Writer.Line($"internal {Types.Of(slot)} {Names.Kept(slot)} {{ get; set; }}");
            }
        }
        else
        {
            Writer.Line();
            Writer.Summary(
                null,
                $"One frame for each {procedure.Name} around the current place; the first stands for none.");
            Writer.Line(
                $"internal {Names.Frame(procedure)}[] {Names.Frames(procedure)} {{ get; }} = new {Names.Frame(procedure)}[{procedure.MaximumDepth} + 1];"
            );
            Writer.Line();
            Writer.Line($"internal int {Names.Depth(procedure)} {{ get; set; }}");
        }

        foreach (AscendingRule rule in procedure.AscendingRules)
        {
            Writer.Line();
            Writer.Line(
                $"internal {Types.Support.Name(SupportMember.Ascending)} {Names.Of(rule)} {{ get; }} = new({(procedure.IsRoot ? "1" : $"{procedure.MaximumDepth} + 1")}, {rule.MaximumLength});"
            );
        }
    }
}
