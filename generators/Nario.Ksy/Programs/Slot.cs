using Nario.Ksy.Model;

namespace Nario.Ksy.Programs;

/// <summary>A value that a program reads or is given: a field, a parameter, a list's index.</summary>
public sealed class Slot(SlotKind kind, IReadOnlyList<string> path)
{
    /// <summary>What it holds.</summary>
    public SlotKind Kind { get; } = kind;

    /// <summary>Identifiers that lead to it, from the type that owns it.</summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>Documentation of the field, or null.</summary>
    public string? Doc { get; init; }

    /// <summary>Which integers it can hold; for a choice, its indexes.</summary>
    public Interval Range { get; set; }

    /// <summary>Bytes that an integer takes in the input; 8 where it is not read from there.</summary>
    public int Width { get; init; } = 8;

    /// <summary>Whether an integer can be negative.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The enumeration of an integer or a choice, or null.</summary>
    public Enumeration? Enumeration { get; init; }

    /// <summary>The type of a record, else null.</summary>
    public RecordProgram? Record { get; init; }

    /// <summary>The record slot that this one is a part of, or null.</summary>
    public Slot? Parent { get; init; }

    /// <summary>Whether an expression that is evaluated after other fields were read needs it.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether it is a parameter of the type.</summary>
    public bool IsParameter { get; init; }

    /// <summary>Last identifier of its path.</summary>
    public string Name => Path[Path.Count - 1];

    /// <summary>Whether it is a part of a record, or a part of such a part.</summary>
    public bool IsPartOf(Slot record)
    {
        for (Slot? whole = Parent; whole is not null; whole = whole.Parent)
        {
            if (whole == record)
            {
                return true;
            }
        }

        return false;
    }
}
