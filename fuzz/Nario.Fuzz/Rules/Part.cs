using Nario.Ksy.Syntax;

namespace Nario.Fuzz.Rules;

/// <summary>A part of an archive, as a specification divides it: a structure, a list, or a value without parts.</summary>
/// <param name="field">The field that it is, or an element of; null: the whole archive.</param>
/// <param name="parent">The part that it is in.</param>
internal sealed class Part(AttributeSyntax? field, Part? parent)
{
    /// <summary>Gets the field that it is, or an element of; null: the whole archive.</summary>
    public AttributeSyntax? Field { get; } = field;

    /// <summary>Gets the part that it is in.</summary>
    public Part? Parent { get; } = parent;

    /// <summary>Gets the type of a structure; null: it is none.</summary>
    public SpecType? Type { get; init; }

    /// <summary>Gets whether it is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>Gets where it begins.</summary>
    public required int Start { get; init; }

    /// <summary>Gets where it ends, as far as it has been read.</summary>
    public int End { get; set; }

    /// <summary>Gets where it has to end, if that is said.</summary>
    public long? StatedEnd { get; init; }

    /// <summary>Gets the fields of a structure that are there, or the elements of a list.</summary>
    public List<Part> Parts { get; } = [];

    /// <summary>Gets the parameters of a structure.</summary>
    public Dictionary<string, object> Arguments { get; } = [];

    /// <summary>Gets what it stands for: a number, bytes or a string; of a structure or a list the part itself.</summary>
    public object Value { get; set; } = false;

    /// <summary>Gets the structure around it, or around its list.</summary>
    public Part? Structure => Parent is { IsList: true } list ? list.Parent : Parent;

    /// <summary>Gets this part and all in it, in the order of the archive.</summary>
    public IEnumerable<Part> All => Parts.SelectMany(static part => part.All).Prepend(this);
}
