using System.Numerics;
using Nario.Fuzz.Specifications;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Fuzz.Rules;

/// <summary>A type of a specification of the project, as it is written there.</summary>
internal sealed class SpecType
{
    private static readonly IReadOnlyList<SpecType> Roots = [.. ProjectSpecifications.All.Select(Parse)];

    private readonly SpecType? _outer;
    private readonly List<SpecType> _inner;
    private readonly Endianness? _endian;

    private SpecType(string name, TypeSyntax syntax, SpecType? outer, Endianness? endian)
    {
        _outer = outer;
        _endian = endian;
        Name = outer is null ? name : $"{outer.Name}/{name}";
        Syntax = syntax;
        _inner = [.. syntax.Types.Select(type => new SpecType(type.Name!.Text, type, this, endian))];
    }

    /// <summary>Gets all types, each before those inside it.</summary>
    public static IEnumerable<SpecType> All => Roots.SelectMany(static root => root.ListAll());

    /// <summary>Gets its name, with those of the types around it.</summary>
    public string Name { get; }

    /// <summary>Gets what is written of it.</summary>
    public TypeSyntax Syntax { get; }

    /// <summary>Gets whether numbers have their most significant byte first.</summary>
    public bool IsBigEndian => _endian == Endianness.Big;

    /// <summary>Gets the type that a specification begins with.</summary>
    /// <param name="id">The name of the specification.</param>
    public static SpecType Root(string id) => Roots.Single(root => root.Name == id);

    /// <summary>Finds a type by the name that a field of this one calls it by.</summary>
    public SpecType Find(TypeName name)
    {
        SpecType? found = null;
        for (SpecType? scope = this; scope is not null && found is null; scope = scope._outer)
        {
            found = scope.FindInner(name.Parts[0]);
        }

        found ??= Root(name.Parts[0]);
        foreach (string part in name.Parts.Skip(1))
        {
            found = found.FindInner(part) ?? throw new NotSupportedException($"there is no type {string.Join("::", name.Parts)}");
        }

        return found;
    }

    /// <summary>Gets the number that a label stands for.</summary>
    public BigInteger FindLabel(EnumLabel label)
    {
        for (SpecType? scope = this; scope is not null; scope = scope._outer)
        {
            if (scope.Syntax.Enums.SingleOrDefault(item => item.Name.Text == label.Enumeration) is { } found)
            {
                return found.Members.Single(member => member.Label == label.Label).Value;
            }
        }

        throw new NotSupportedException($"there is no enumeration {label.Enumeration}");
    }

    private static SpecType Parse((string File, string Text) item)
    {
        DiagnosticBag diagnostics = new(item.File);
        SpecSyntax? spec = SpecParser.Parse(item.File, item.Text, diagnostics);
        return spec is not null && !diagnostics.HasErrors
            ? new SpecType(spec.Meta.Id!.Text, spec.Root, null, spec.Meta.Endian)
            : throw new NotSupportedException($"{item.File} has errors");
    }

    private SpecType? FindInner(string name) => _inner.SingleOrDefault(type => type.Syntax.Name!.Text == name);

    private IEnumerable<SpecType> ListAll() => _inner.SelectMany(static type => type.ListAll()).Prepend(this);
}
