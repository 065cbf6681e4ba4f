using System.Numerics;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>A stream program while it is made: what it has so far, and what that was lowered from.</summary>
/// <param name="specId">The specification.</param>
/// <param name="doc">Its documentation, or null.</param>
internal sealed class StreamBuilder(string specId, string? doc)
{
    private readonly StreamProgram _program = new(specId, doc);
    private readonly Dictionary<Instruction, InstructionOrigin> _origins = [];
    private readonly List<ListLoop> _loops = [];

    /// <summary>Whether it has more instructions than a program may have.</summary>
    public bool IsTooLarge => _origins.Count > SpecCompiler.LargestProgram;

    /// <summary>Begins a procedure.</summary>
    /// <param name="type">The type that it reads.</param>
    /// <param name="maximumDepth">How many calls of it may be under way at once; 0 for the root.</param>
    public Procedure NewProcedure(TypeDeclaration type, int maximumDepth)
    {
        Procedure procedure = new(type.Name, type.Model.Doc, maximumDepth);
        _program.Procedures.Add(procedure);
        return procedure;
    }

    public Token NewToken(TokenKind kind, IReadOnlyList<string> path, string? doc, Slot? slot)
    {
        Token token = new(kind, path, doc) { Slot = slot };
        _program.Tokens.Add(token);
        return token;
    }

    /// <summary>Adds an instruction to the end of a place's procedure.</summary>
    public Instruction Append(Place place, Instruction instruction)
    {
        _origins.Add(instruction, place.Origin);
        place.Procedure.Instructions.Add(instruction);
        return instruction;
    }

    /// <summary>Adds a point that branches can go to.</summary>
    public Instruction Join(Place place, IReadOnlyList<string> label, string specPath) =>
        Append(place, new JumpInstruction([.. place.Labels, .. label], specPath, null));

    /// <summary>Notes the loop of a list.</summary>
    public void AddLoop(ListLoop loop) => _loops.Add(loop);

    /// <summary>Notes how many bytes an instruction reads at most.</summary>
    public void AddStep(BigInteger largest) =>
        _program.LargestStep = Math.Max(
            _program.LargestStep,
            (int)BigInteger.Min(largest, SpecCompiler.LargestStep));

    /// <summary>Gets the program as it is, unfinished where something is wrong with its specification.</summary>
    /// <param name="isRight">Whether nothing is.</param>
    public StreamProgram Finish(bool isRight)
    {
        if (isRight)
        {
            new StreamFinisher(_program, _origins).Finish(_loops);
        }

        return _program;
    }
}
