using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes the C# of one specification.</summary>
internal static class SpecEmitter
{
    public static IEnumerable<GeneratedSource> Emit(SpecProgram program, TypeNames types, EmitOptions options)
    {
        string name = types.Holder(program.SpecId);
        if (program.Records.Count > 0 || program.Enumerations.Count > 0)
        {
            yield return new GeneratedSource($"{name}.g.cs", HolderEmitter.Emit(program, types, options));
        }

        if (program.Stream is null)
        {
            yield break;
        }

        StreamNames names = new(program.Stream, types);
        yield return Emit(
            $"{names.State}.g.cs",
            program,
            options,
            writer => new StateEmitter(writer, types, names).Emit());
        yield return Emit(
            $"{names.Reader}.g.cs",
            program,
            options,
            writer => new ReaderEmitter(writer, types, names).Emit());
        yield return Emit(
            $"{names.Writer}.g.cs",
            program,
            options,
            writer => new WriterEmitter(writer, types, names).Emit());
    }

    private static GeneratedSource Emit(
        string file,
        SpecProgram program,
        EmitOptions options,
        Action<SourceWriter> emit)
    {
        SourceWriter writer = new();
        HolderEmitter.Preamble(writer, program, options);
        emit(writer);
        return new GeneratedSource(file, writer.ToString());
    }
}
