using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>What the construction of a class takes, for its own code and for code that makes objects of it.</summary>
internal sealed class ClassShape
{
    public const string Input = "io";
    public const string Parent = "parent";
    public const string Root = "root";
    public const string Order = "order";
    public const string RootProperty = "KsyRoot";
    public const string OrderProperty = "KsyOrder";
    public const string ReadMethod = "KsyRead";

    public ClassShape(ClassUnit unit, TypeModel type)
    {
        Type = type;
        Name = unit.Names.Type(type.Id);
        RootClass = unit.Names.Type(unit.Model.UnitOf(type.Id).Root.Id);
        HasIo = unit.Navigation.KeepsIo(type.Id);
        HasParent = unit.Navigation.KeepsParent(type.Id);
        HasRoot = unit.Navigation.KeepsRoot(type.Id);
        IsGivenRoot = unit.Navigation.IsGivenRoot(type.Id);
        HasOrder = type.Endianness is not null;
        InheritsOrder = type.Endianness is InheritedEndianness;
        NameScope scope = new([Input, Parent, Root, Order, "input", "error", "result"]);
        Arguments =
        [
            .. type.Parameters.Select(item => (unit.Types.Of(item.Type), scope.Claim(Names.Camel(item.Name)))),
        ];
    }

    public TypeModel Type { get; }

    public string Name { get; }

    /// <summary>The class of <c>_root</c>.</summary>
    public string RootClass { get; }

    /// <summary>Whether the objects know the stream that they are read from.</summary>
    public bool HasIo { get; }

    /// <summary>Whether the objects know their parent.</summary>
    public bool HasParent { get; }

    /// <summary>Whether the objects know their root.</summary>
    public bool HasRoot { get; }

    /// <summary>Whether the objects are told their root while they are read.</summary>
    public bool IsGivenRoot { get; }

    /// <summary>What the method that reads takes.</summary>
    public string ReadParameters => IsGivenRoot ? $"KsyInput {Input}, {RootClass}? {Root}" : $"KsyInput {Input}";

    /// <summary>Whether an order of bytes is known only when an object is read.</summary>
    public bool HasOrder { get; }

    /// <summary>Whether that order is the containing object's.</summary>
    public bool InheritsOrder { get; }

    /// <summary>Type and name of what the type's parameters are given.</summary>
    public IReadOnlyList<(string Type, string Name)> Arguments { get; }

    /// <summary>All that the constructor takes.</summary>
    public IEnumerable<string> ConstructorParameters()
    {
        if (HasIo)
        {
            yield return $"KsyInput {Input}";
        }

        if (HasParent)
        {
            yield return $"KsyObject? {Parent}";
        }

        if (HasRoot)
        {
            yield return $"{RootClass}? {Root}";
        }

        if (InheritsOrder)
        {
            yield return $"KsyByteOrder {Order}";
        }

        foreach ((string type, string name) in Arguments)
        {
            yield return $"{type} {name}";
        }
    }

    /// <summary>Gives what the constructor is called with.</summary>
    public IEnumerable<Code> ConstructorArguments(
        Code io, Code parent, Code root, Code order, IEnumerable<Code> arguments)
    {
        if (HasIo)
        {
            yield return io;
        }

        if (HasParent)
        {
            yield return parent;
        }

        if (HasRoot)
        {
            yield return root;
        }

        if (InheritsOrder)
        {
            yield return order;
        }

        foreach (Code argument in arguments)
        {
            yield return argument;
        }
    }

    /// <summary>Gives what the method that reads is called with.</summary>
    public string ReadArguments(Code io, Code root) => IsGivenRoot ? $"{io}, {root}" : io.Text;

    /// <summary>Gives the path of a member, for messages.</summary>
    public string Path(string member) => string.Join("/", Type.Id.Path.Prepend(Type.Id.Spec).Append(member));
}
