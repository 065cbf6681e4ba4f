namespace Nario.Ksy.Lowering;

/// <summary>A structure whose fields were read one by one.</summary>
internal sealed record StructureMeaning(Scope Fields) : Meaning;
