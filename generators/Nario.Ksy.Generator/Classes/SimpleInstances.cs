using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>
/// Knows the value instances that are computed each time rather than kept: that is as cheap, cannot recurse or fail,
/// and gives the same at any time.
/// </summary>
internal sealed class SimpleInstances
{
    /// <summary>Most parts of such a computation, with those of the instances that it uses.</summary>
    private const int LargestSize = 40;

    private readonly Dictionary<(TypeId Owner, string Name), ValueInstance> _instances = [];
    private readonly Dictionary<(TypeId Owner, string Name), int?> _sizes = [];

    public SimpleInstances(IEnumerable<TypeModel> types)
    {
        foreach (TypeModel type in types)
        {
            foreach (ValueInstance instance in type.Instances.OfType<ValueInstance>())
            {
                _instances.Add((type.Id, instance.Name), instance);
            }
        }
    }

    public bool Contains(TypeId owner, Instance instance) => SizeOf((owner, instance.Name)) is not null;

    /// <summary>Counts the parts of an instance's computation; null when it is not simple.</summary>
    private int? SizeOf((TypeId Owner, string Name) key)
    {
        if (!_sizes.TryGetValue(key, out int? size))
        {
            // One that is met again while it is looked at is not simple.
            _sizes[key] = null;
            size = _instances.TryGetValue(key, out ValueInstance? instance) ? SizeOf(instance) : null;
            _sizes[key] = size;
        }

        return size;
    }

    private int? SizeOf(ValueInstance instance)
    {
        // A member that stands alone may be absent, and the instance with it.
        if (!CSharpTypes.IsValueType(instance.Type) || instance.Value is MemberReference)
        {
            return null;
        }

        IEnumerable<BoundExpression> parts = ModelExpressions.SelfAndParts(instance.Value)
            .Concat(instance.Condition is null ? [] : ModelExpressions.SelfAndParts(instance.Condition));
        int size = 0;
        foreach (BoundExpression part in parts)
        {
            size += SizeOf(part) ?? LargestSize + 1;
            if (size > LargestSize)
            {
                return null;
            }
        }

        return size;
    }

    private int? SizeOf(BoundExpression part) => part switch
    {
        MemberReference { Kind: MemberKind.Instance, Target: ThisReference } member =>
            SizeOf((member.Owner, member.Name)),
        IntegerConstant or FloatConstant or BooleanConstant or EnumConstant or ThisReference or UnaryOperation
            or ConditionalOperation => 1,
        CastOperation { Operand.Type: IntegerType or FloatType or EnumType } => 1,
        MemberReference { Kind: not MemberKind.Instance, Type: var type } when CSharpTypes.IsValueType(type) => 1,
        BinaryOperation { Left.Type: var type } when CSharpTypes.IsValueType(type) => 1,
        MethodCallOperation { Method: BoundMethod.EnumToInteger or BoundMethod.BooleanToInteger } => 1,
        _ => null,
    };
}
