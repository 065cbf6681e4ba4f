using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>
/// An object of a user-defined type. Values are: null (absent), <see cref="Int128"/>, <see cref="double"/>, <see
/// cref="bool"/>, <see cref="string"/>, bytes, <see cref="EnumValue"/>, <see cref="ParsedObject"/>, lists of these, and
/// <see cref="KsyInput"/>.
/// </summary>
public sealed class ParsedObject : KsyObject
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    internal ParsedObject(
        Interpreter interpreter,
        TypeModel type,
        KsyInput io,
        ParsedObject? parent,
        ParsedObject? root,
        KsyByteOrder order)
    {
        KsyIo = io;
        KsyParent = parent;
        Interpreter = interpreter;
        Type = type;
        Root = root ?? (type.Id.IsTopLevel ? this : null);
        Order = order;
    }

    /// <inheritdoc/>
    public override KsyInput KsyIo { get; }

    /// <inheritdoc/>
    public override KsyObject? KsyParent { get; }

    /// <summary>Its type.</summary>
    public TypeModel Type { get; }

    /// <summary>Names of its parameters, fields and instances, in the order of the specification.</summary>
    public IEnumerable<string> MemberNames => Type.Parameters.Select(static item => item.Name)
        .Concat(Type.Fields.Where(static item => item.IsNamed).Select(static item => item.Name))
        .Concat(Type.Instances.Select(static item => item.Name));

    internal Interpreter Interpreter { get; }

    internal ParsedObject? Root { get; }

    internal KsyByteOrder Order { get; set; }

    /// <summary>Gets the value of a member; an instance is evaluated when it is first asked for.</summary>
    /// <exception cref="KsyFormatException">The input is not what the instance needs.</exception>
    public object? this[string name] => Get(name);

    internal object? Get(string name)
    {
        if (_values.TryGetValue(name, out object? value))
        {
            return value;
        }

        Instance? instance = Type.Instances.FirstOrDefault(item => item.Name == name);
        if (instance is null)
        {
            throw KsyValue.Absent(Path(name));
        }

        value = Interpreter.Evaluate(this, instance);
        _values[name] = value;
        return value;
    }

    internal void Set(string name, object? value) => _values[name] = value;

    internal string Path(string member) => string.Join("/", Type.Id.Path.Prepend(Type.Id.Spec).Append(member));
}
