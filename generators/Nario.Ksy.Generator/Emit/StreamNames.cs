using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>The C# names of one stream program's parts, shared by all that is made of it.</summary>
internal sealed class StreamNames
{
    private static readonly string[] ReaderMembers =
        ["None", "Read", "Token", "Consumed", "Offset", "SkipContent", "BytesToSkip", "MinimumBlockSize", "Flush", "Complete"];

    private static readonly string[] StateMembers = ["Step", "End", "Remaining", "IsComplete", "Offset", "Reset", "PassedOver"];

    private readonly Dictionary<Token, string> _tokens;
    private readonly Dictionary<Instruction, string> _steps;
    private readonly Dictionary<Slot, string> _slots = [];
    private readonly Dictionary<AscendingRule, string> _rules;

    public StreamNames(StreamProgram program)
    {
        Program = program;
        Prefix = Names.Pascal(program.SpecId);
        _tokens = Names.Shortest(program.Tokens.Select(token => (token, TokenPath(token))), 1, ReaderMembers);
        _steps = Names.Shortest(
            program.Procedures.SelectMany(procedure => procedure.Instructions.Select(
                instruction => (instruction, (IReadOnlyList<string>)[procedure.Name, .. instruction.Path]))),
            2, "Failed", "End");
        _rules = Names.Shortest(
            program.Procedures.SelectMany(procedure => procedure.AscendingRules).Select(
                rule => (rule, (IReadOnlyList<string>)[.. rule.Path.Take(rule.Path.Count - 1), rule.Path[rule.Path.Count - 1] + "_order"])),
            2);
        foreach (Procedure procedure in program.Procedures)
        {
            foreach (KeyValuePair<Slot, string> pair in Names.Shortest(procedure.Slots.Select(slot => (slot, slot.Path)), 2, procedure.IsRoot ? StateMembers : ["Return"]))
            {
                _slots.Add(pair.Key, pair.Value);
            }
        }
    }

    public StreamProgram Program { get; }

    /// <summary>What the names of all types begin with.</summary>
    public string Prefix { get; }

    public string Reader => Prefix + "Reader";

    public string Writer => Prefix + "Writer";

    public string State => Prefix + "State";

    public string TokenType => Prefix + "Token";

    public string StepType => Prefix + "Step";

    public string Of(Token token) => _tokens[token];

    /// <summary>A token as a value of its enumeration; null stands for the end.</summary>
    public string Qualified(Token? token) => $"{TokenType}.{(token is null ? "None" : Of(token))}";

    public string Of(Instruction instruction) => $"{StepType}.{_steps[instruction]}";

    public string Bare(Instruction instruction) => _steps[instruction];

    /// <summary>The field of the state or frame that keeps a slot.</summary>
    public string Kept(Slot slot) => _slots[slot];

    public string Of(AscendingRule rule) => _rules[rule];

    public static string Frame(Procedure procedure) => Names.Pascal(procedure.Name) + "Frame";

    public static string Frames(Procedure procedure) => Names.Pascal(procedure.Name) + "Frames";

    public static string Depth(Procedure procedure) => Names.Pascal(procedure.Name) + "Depth";

    public static string FrameVariable(Procedure procedure) => Names.Camel(procedure.Name + "_frame");

    /// <summary>The place where a procedure keeps a slot.</summary>
    public string Place(Slot slot, Procedure procedure) =>
        procedure.IsRoot ? $"state.{Kept(slot)}" : $"{FrameVariable(procedure)}.{Kept(slot)}";

    private static IReadOnlyList<string> TokenPath(Token token)
    {
        int count = token.Path.Count;
        string last = count == 0 ? "root" : token.Path[count - 1];
        string[] before = [.. token.Path.Take(Math.Max(0, count - 1))];
        return token.Kind switch
        {
            TokenKind.ListStart => [.. before, last + "_start"],
            TokenKind.ListEnd => [.. before, last + "_end"],
            _ when last == "item" && count > 1 => [.. before.Take(count - 2), before[count - 2] + "_item"],
            _ => [.. before, last],
        };
    }
}
