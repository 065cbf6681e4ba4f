using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>What the emitters of a push writer have in common: what it refuses.</summary>
internal abstract class WriterPartEmitter(SourceWriter writer, TypeNames types, StreamNames names)
    : StreamEmitter(writer, types, names)
{
    /// <summary>The offset of the next byte, as C#.</summary>
    protected abstract string Offset { get; }

    /// <param name="read">The instruction.</param>
    /// <param name="values">Its values.</param>
    /// <param name="name">The parameter that is at fault, or null.</param>
    /// <param name="refuse">Gives the statement that throws an exception.</param>
    protected void EmitChecks(ReadInstruction read, ValueEmitter values, string? name, Func<string, string> refuse)
    {
        foreach (CheckStep check in read.Checks)
        {
            string argument = name is null ? "null" : $"nameof({name})";
            Writer.Guard(
                values.Negated(check.Condition),
                refuse(NotAllowed(argument, read.SpecPath, values.Describe(check.Expected))));
        }
    }

    protected void EmitLimit(ReadInstruction read, Procedure procedure, string size, Func<string, string> refuse)
    {
        if (read.Limit is { } limit)
        {
            string maximum = Numbers.Text(limit.Maximum);
            Writer.Guard(
                $"{Offset} + {size} - {Names.Place(limit.Mark, procedure)} > {maximum}",
                refuse(NotAllowed("null", limit.SpecPath, $"\"at most {maximum} bytes long\"")));
        }
    }

    /// <summary>Writes the exception for a value that is not allowed.</summary>
    /// <param name="argument">The parameter's name, or null, as C#.</param>
    /// <param name="specPath">Where the specification says so.</param>
    /// <param name="expected">What is allowed, as C#.</param>
    protected string NotAllowed(string argument, string specPath, string expected) =>
        Types.Support.Call(SupportMember.NotAllowed, argument, $"\"{specPath}\"", expected);
}
