using System.Numerics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Fuzz.Rules;

/// <summary>
/// Reads by the text of a specification, and shares nothing with the readers that are generated of it but the parser of that
/// text. What a specification says and this does not know of fails.
/// </summary>
internal sealed class SpecInterpreter
{
    private const string Text = "str";

    private readonly byte[] _input;
    private int _position;
    private long _limit = long.MaxValue;

    private SpecInterpreter(byte[] input) => _input = input;

    /// <summary>Reads an archive.</summary>
    /// <param name="type">The type of all of it.</param>
    /// <param name="input">The archive, and perhaps more.</param>
    /// <param name="root">Its parts, as far as they could be read.</param>
    /// <returns>The rule that it breaks; null: none.</returns>
    public static BrokenRule? Read(SpecType type, byte[] input, out Part root)
    {
        root = new Part(null, null) { Type = type, Start = 0 };
        root.Value = root;
        try
        {
            new SpecInterpreter(input).ReadFields(root);
            return null;
        }
        catch (RuleException broken)
        {
            return broken.Rule;
        }
    }

    /// <summary>Gets the rules of a field that its bytes can break, by the names that a broken one has.</summary>
    public static IEnumerable<string> ListRules(AttributeSyntax field)
    {
        if (field.Contents is not null)
        {
            yield return "contents";
        }

        if (field is { Size: not null, Type: NamedTypeSyntax { Name.Parts: not [Text] } })
        {
            yield return "size";
        }

        foreach ((string name, _) in ListChecks(field.Validation))
        {
            yield return name;
        }
    }

    private static IEnumerable<(string Name, Func<Scope, bool> Holds)> ListChecks(ValidationSyntax? validation)
    {
        switch (validation)
        {
            case null:
                return [];
            case ValidEqual equal:
                return [("equal", scope => Is(scope, BinaryOperator.Equal, equal.Value))];
            case ValidAnyOf any:
                return [("any of", scope => any.Values.Any(value => Is(scope, BinaryOperator.Equal, value)))];
            case ValidRange range:
                return
                [
                    .. range.Minimum is { } minimum
                        ? [("minimum", scope => Is(scope, BinaryOperator.GreaterOrEqual, minimum))]
                        : (IEnumerable<(string, Func<Scope, bool>)>)[],
                    .. range.Maximum is { } maximum
                        ? [("maximum", scope => Is(scope, BinaryOperator.LessOrEqual, maximum))]
                        : (IEnumerable<(string, Func<Scope, bool>)>)[],
                ];
            case ValidExpression { Condition: var condition }:
                return Conjuncts(condition).Select(
                    static (part, index) => ($"expression {index}", (Func<Scope, bool>)(scope => scope.Holds(part))));
            default:
                throw new NotSupportedException($"rules such as {validation}");
        }
    }

    private static bool Is(Scope scope, BinaryOperator comparison, Expression other) =>
        scope.Holds(new BinaryExpression(comparison, new NameReference("_", other.Span), other, other.Span));

    private static IEnumerable<Expression> Conjuncts(Expression expression) =>
        expression is BinaryExpression { Operator: BinaryOperator.And } and
            ? Conjuncts(and.Left).Concat(Conjuncts(and.Right))
            : [expression];

    private void ReadFields(Part structure)
    {
        foreach (AttributeSyntax field in structure.Type!.Syntax.Sequence)
        {
            if (field.Condition is null || new Scope(structure).Holds(field.Condition))
            {
                ReadField(structure, field);
            }
        }

        structure.End = _position;
    }

    private void ReadField(Part structure, AttributeSyntax field)
    {
        if (field.Repeat is null)
        {
            ReadOne(structure, structure, field, 0);
            return;
        }

        Part list = new(field, structure) { IsList = true, Start = _position };
        list.Value = list;
        structure.Parts.Add(list);
        switch (field.Repeat)
        {
            case RepeatCount { Count: var count }:
                BigInteger end = new Scope(structure).Number(count);
                for (int index = 0; index < end; index++)
                {
                    ReadOne(list, structure, field, index);
                }

                break;
            case RepeatUntil { Condition: var until }:
                Part element;
                do
                {
                    element = ReadOne(list, structure, field, list.Parts.Count);
                }
                while (!new Scope(structure, element.Value).Holds(until));
                break;
            default:
                throw new NotSupportedException($"repetitions such as {field.Repeat}");
        }

        list.End = _position;
    }

    private Part ReadOne(Part parent, Part structure, AttributeSyntax field, int index)
    {
        Scope scope = new(structure, null, index);
        NamedTypeSyntax? type = field.Type switch
        {
            SwitchTypeSyntax choice => Choose(scope, choice),
            NamedTypeSyntax named => named,
            _ => null,
        };
        Part part = type is null or { Arguments.Count: 0, Name.Parts: [Text] } || IsNumber(type)
            ? ReadValue(parent, scope, field, type)
            : ReadStructure(parent, scope, field, type);
        foreach ((string name, Func<Scope, bool> holds) in ListChecks(field.Validation))
        {
            Demand(structure, field, name, holds(scope with { Item = part.Value }));
        }

        return part;
    }

    private Part ReadStructure(Part parent, Scope scope, AttributeSyntax field, NamedTypeSyntax type)
    {
        long limit = _limit;
        BigInteger? size = field.Size is null ? null : scope.Number(field.Size);
        long? end = size is null ? null : (long)BigInteger.Min(_position + size.Value, long.MaxValue);
        Part part = new(field, parent) { Type = scope.Structure.Type!.Find(type.Name), Start = _position, StatedEnd = end };
        part.Value = part;
        parent.Parts.Add(part);
        foreach ((ParameterSyntax parameter, Expression value) in part.Type.Syntax.Parameters.Zip(type.Arguments))
        {
            part.Arguments[parameter.Id.Text] = scope.Evaluate(value);
        }

        _limit = end ?? limit;
        ReadFields(part);
        _limit = limit;
        return part;
    }

    private Part ReadValue(Part parent, Scope scope, AttributeSyntax field, NamedTypeSyntax? type)
    {
        Part part = new(field, parent) { Start = _position };
        parent.Parts.Add(part);
        if (field.Contents is { } contents)
        {
            int count = Math.Min(contents.Bytes.Count, _input.Length - _position);
            for (int index = 0; index < count; index++)
            {
                Demand(scope.Structure, field, "contents", _input[_position + index] == contents.Bytes[index], index + 1);
            }

            part.Value = Take(scope.Structure, field, contents.Bytes.Count);
        }
        else if (type is not null && IsNumber(type))
        {
            byte[] bytes = Take(scope.Structure, field, type.Name.Parts[0][1] - '0');
            part.Value = new BigInteger(bytes, isUnsigned: true, isBigEndian: scope.Structure.Type!.IsBigEndian);
        }
        else
        {
            byte[] bytes = Take(scope.Structure, field, scope.Number(field.Size!));
            int end = field.Terminator is { Bytes: [byte terminator] } ? Array.IndexOf(bytes, terminator) : -1;
            part.Value = end < 0 ? bytes : bytes[..end];
        }

        part.End = _position;
        return part;
    }

    private static bool IsNumber(NamedTypeSyntax type) =>
        type is { Arguments.Count: 0, Name: { IsArray: false, Parts: ["u1" or "u2" or "u4" or "u8"] } };

    private static NamedTypeSyntax Choose(Scope scope, SwitchTypeSyntax choice) => (NamedTypeSyntax)choice.Cases.First(
        item => item.Value is null
            || scope.Holds(new BinaryExpression(BinaryOperator.Equal, choice.On, item.Value, item.Span))).Type;

    private byte[] Take(Part structure, AttributeSyntax field, BigInteger count)
    {
        long end = (long)BigInteger.Min(_position + count, long.MaxValue);
        if (end > _limit && _limit <= _input.Length)
        {
            Part stated = structure;
            while (stated.StatedEnd is null)
            {
                stated = stated.Parent!;
            }

            throw new RuleException(new BrokenRule(stated.Structure!.Type!, stated.Field!, "size", (int)_limit));
        }

        if (end > _input.Length)
        {
            throw new RuleException(new BrokenRule(structure.Type!, field, BrokenRule.Completeness, _input.Length));
        }

        byte[] bytes = _input[_position..(int)end];
        _position = (int)end;
        return bytes;
    }

    private void Demand(Part structure, AttributeSyntax field, string rule, bool holds, int read = 0)
    {
        if (!holds)
        {
            throw new RuleException(new BrokenRule(structure.Type!, field, rule, _position + read));
        }
    }

    /// <summary>Ends the reading of an input that breaks a rule.</summary>
    private sealed class RuleException(BrokenRule rule) : Exception
    {
        public BrokenRule Rule => rule;
    }
}
