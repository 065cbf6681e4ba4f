using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>The C# names of one stream program's parts, shared by all that is made of it.</summary>
internal sealed class StreamNames
{
    private static readonly string[] ReaderMembers =
    [
        "None", "Read", "SpecPathOf", "Token", "Consumed", "SkipContent", "BytesToSkip", "MinimumBlockSize", "PassOver", "Yield",
        "Suspend", "Stop", "Wrong", "PreferredRoom", "Flush", "Complete", "Advance", "Take", "Put", "Reserve",
        "MakeRoom", "Offset", "OffsetAt", "Refused",
    ];

    private static readonly string[] StateMembers =
    [
        "Step", "End", "Remaining", "IsComplete", "HasFailed", "Offset", "Reset", "Complete", "MarkFailed", "Unskip",
    ];

    private readonly TypeNames _types;
    private readonly Dictionary<Token, string> _tokens;
    private readonly Dictionary<Token, string> _counts = [];
    private readonly Dictionary<Token, string> _writes = [];
    private readonly Dictionary<Token, string> _skips = [];
    private readonly Dictionary<Token, string> _passes = [];
    private readonly Dictionary<string, string> _minimums = [];
    private readonly Dictionary<Instruction, string> _constants = [];
    private readonly Dictionary<Instruction, string> _steps;
    private readonly Dictionary<Instruction, string> _rests = [];
    private readonly Dictionary<EmbedInstruction, string> _embedded = [];
    private readonly Dictionary<Procedure, (string Frame, string Frames, string Depth, string Variable)> _procedures =
        [];
    private readonly Dictionary<Procedure, string> _maximumDepths = [];
    private readonly Dictionary<Slot, string> _slots = [];
    private readonly Dictionary<AscendingRule, string> _rules;

    public StreamNames(StreamProgram program, TypeNames types)
    {
        Program = program;
        _types = types;
        Instruction[] instructions = [.. program.Procedures.SelectMany(procedure => procedure.Instructions)];
        _steps = Names.Shortest(
            program.Procedures.SelectMany(procedure =>
                procedure.Instructions.Select(instruction =>
                    (instruction, (IReadOnlyList<string>)[procedure.Name, .. instruction.Path]))),
            2,
            ["Failed", "End"]);
        NameScope steps = new([.. _steps.Values, "Failed", "End"]);
        string[] embeddedTypes =
        [
            .. instructions
                .OfType<EmbedInstruction>()
                .SelectMany(embed => Kinds.Select(kind => types.StreamType(embed.SpecId, kind)))
                .Distinct(),
        ];
        string[] reserved = [.. types.Reserved(program.SpecId, SlotsOf(program)), .. embeddedTypes];
        string[] members =
        [
            .. reserved,
            .. ReaderMembers,
            .. Kinds.Select(kind => types.StreamType(program.SpecId, kind)),
        ];
        _tokens = Names.Shortest(program.Tokens.Select(token => (token, TokenPath(token))), 1, members);
        NameScope methods = new(members);
        foreach (Token token in program.Tokens)
        {
            _writes.Add(token, methods.Claim("Write" + _tokens[token]));
        }

        NameScope others = new([.. members, .. _tokens.Values, .. _writes.Values]);
        foreach (Token token in program.Tokens.Where(token => token is { Kind: TokenKind.ListStart, Slot: not null }))
        {
            string name = _tokens[token];
            _counts.Add(
                token,
                others.Claim(
                    (name.EndsWith("Start", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name)
                        + "Count"));
        }

        foreach (Instruction instruction in instructions)
        {
            if (instruction is ReadInstruction { Step: ConstantStep })
            {
                _constants.Add(instruction, others.Claim(_steps[instruction] + "Bytes"));
            }

            if (instruction is ContentInstruction or EmbedInstruction)
            {
                _rests.Add(instruction, steps.Claim(_steps[instruction] + "Rest"));
            }

            if (instruction is EmbedInstruction embed)
            {
                _skips.Add(embed.Token, others.Claim("Skip" + _tokens[embed.Token]));
            }

            if (instruction is ContentInstruction content)
            {
                _passes.Add(content.Token, others.Claim("Pass" + _tokens[content.Token]));
            }
        }

        NameScope state = new([.. reserved, .. StateMembers, State, StepType]);
        foreach (EmbedInstruction embed in instructions.OfType<EmbedInstruction>())
        {
            _embedded.Add(embed, state.Claim(_tokens[embed.Token]));
        }

        foreach (string specId in instructions.OfType<EmbedInstruction>().Select(embed => embed.SpecId).Distinct())
        {
            _minimums.Add(specId, others.Claim("MinimumBlockSize"));
        }

        NameScope variables = new([]);
        foreach (Procedure procedure in program.Procedures.Where(procedure => !procedure.IsRoot))
        {
            string name = Names.Pascal(procedure.Name);
            _maximumDepths.Add(procedure, others.Claim($"Maximum{name}Depth"));
            _procedures.Add(
                procedure,
                (
                    state.Claim(name + "Frame"),
                    state.Claim(name + "Frames"),
                    state.Claim(name + "Depth"),
                    Names.FrameVariable(variables.Claim(Names.Camel(procedure.Name)))));
        }

        _rules = Names.Shortest(
            program
                .Procedures.SelectMany(procedure => procedure.AscendingRules)
                .Select(rule =>
                    (
                        rule,
                        (IReadOnlyList<string>)
                            [.. rule.Path.Take(rule.Path.Count - 1), rule.Path[rule.Path.Count - 1] + "_order"])),
            2,
            []);
        foreach (AscendingRule rule in _rules.Keys.ToArray())
        {
            _rules[rule] = state.Claim(_rules[rule]);
        }

        foreach (Procedure procedure in program.Procedures)
        {
            NameScope slots = procedure.IsRoot ? state : new NameScope(["Return", Frame(procedure), .. reserved]);
            foreach (KeyValuePair<Slot, string> pair in Names.Shortest(
                    procedure.Slots.Select(slot => (slot, slot.Path)),
                    2,
                    []))
            {
                _slots.Add(pair.Key, slots.Claim(pair.Value));
            }
        }
    }

    /// <summary>What the types of a stream are called after the name of their specification.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["Reader", "Writer", "State", "Token", "Step"];

    /// <summary>What the members of all streams' types are called; no type may hide behind one.</summary>
    public static IEnumerable<string> Members => [.. ReaderMembers, .. StateMembers];

    public StreamProgram Program { get; }

    public string Reader => _types.StreamType(Program.SpecId, "Reader");

    public string Writer => _types.StreamType(Program.SpecId, "Writer");

    public string State => _types.StreamType(Program.SpecId, "State");

    public string TokenType => _types.StreamType(Program.SpecId, "Token");

    public string StepType => _types.StreamType(Program.SpecId, "Step");

    public string Of(Token token) => _tokens[token];

    /// <summary>A token as a value of its enumeration; null stands for the end.</summary>
    public string Qualified(Token? token) => $"{TokenType}.{(token is null ? "None" : Of(token))}";

    /// <summary>The property that holds the number of a list's elements, or null.</summary>
    public string? Count(Token token) => _counts.TryGetValue(token, out string? name) ? name : null;

    /// <summary>The method of the writer that is told a token.</summary>
    public string Write(Token token) => _writes[token];

    /// <summary>
    /// The constant of the reader that is the least size of a block as far as the readers up to one of an embedded
    /// specification need it.
    /// </summary>
    public string Minimum(string specId) => _minimums[specId];

    /// <summary>The method that passes over an embedded field.</summary>
    public string Skip(EmbedInstruction embed) => _skips[embed.Token];

    /// <summary>The method of the writer that counts what others write of a field.</summary>
    public string Pass(ContentInstruction content) => _passes[content.Token];

    public string Of(Instruction instruction) => $"{StepType}.{_steps[instruction]}";

    public string Bare(Instruction instruction) => _steps[instruction];

    /// <summary>The step that waits for the end of a streamed or embedded field.</summary>
    public string Rest(Instruction instruction) => $"{StepType}.{_rests[instruction]}";

    /// <summary>The same within its enumeration; null for an instruction that does not wait.</summary>
    public string? BareRest(Instruction instruction) => _rests.TryGetValue(instruction, out string? name) ? name : null;

    /// <summary>The bytes of a constant.</summary>
    public string Constant(Instruction instruction) => _constants[instruction];

    /// <summary>The property of the state that holds the state of an embedded field.</summary>
    public string Inner(EmbedInstruction embed) => _embedded[embed];

    /// <summary>The field of the state or frame that keeps a slot.</summary>
    public string Kept(Slot slot) => _slots[slot];

    public string Of(AscendingRule rule) => _rules[rule];

    public string Frame(Procedure procedure) => _procedures[procedure].Frame;

    public string Frames(Procedure procedure) => _procedures[procedure].Frames;

    public string Depth(Procedure procedure) => _procedures[procedure].Depth;

    /// <summary>The constant of the reader that says how deep a procedure can be nested.</summary>
    public string MaximumDepth(Procedure procedure) => _maximumDepths[procedure];

    public string FrameVariable(Procedure procedure) => _procedures[procedure].Variable;

    /// <summary>The place where a procedure keeps a slot.</summary>
    public string Place(Slot slot, Procedure procedure) =>
        procedure.IsRoot ? $"state.{Kept(slot)}" : $"{FrameVariable(procedure)}.{Kept(slot)}";

    private static IEnumerable<Slot> SlotsOf(StreamProgram program) =>
        program
            .Procedures.SelectMany(procedure => procedure.Slots.Concat(procedure.Parameters))
            .Concat(
                program
                    .Procedures.SelectMany(procedure => procedure.Instructions)
                    .Select(instruction => (instruction as ReadInstruction)?.Step.Target)
                    .OfType<Slot>());

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
