using System.Globalization;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Model;
using Nario.Ksy.Syntax;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Binding;

/// <summary>
/// Gives the keys that begin with <c>-</c> their meaning. The language ignores all of them; those that are nearly ours
/// get a warning, since a misspelt check must not vanish, and ours at a wrong place are errors.
/// </summary>
internal static class AnnotationBinder
{
    private const string Stream = "-stream";
    private const string Ascending = "-ascending";
    private const string MaximumDepth = "-max-depth";
    private const string MaximumSize = "-max-size";
    private const string ShapeKey = "-shape";

    /// <summary>Largest value of <c>-max-depth</c>.</summary>
    private const long MostDepth = ushort.MaxValue;

    private static readonly string[] All = [Stream, Ascending, MaximumDepth, MaximumSize, ShapeKey];

    /// <summary>Binds those of a field; null after an error.</summary>
    public static FieldAnnotations? Bind(AttributeSyntax field, ExpressionScope scope, ExpressionBinder expressions)
    {
        DiagnosticBag diagnostics = scope.Type.Unit.Diagnostics;
        bool isRight = CheckPlaces(field.Annotations, [Stream, Ascending], "a field", diagnostics);
        bool isStreamed = false;
        BoundExpression? ascending = null;
        if (Find(field.Annotations, Stream) is { } stream)
        {
            isStreamed = stream.Value is YamlScalar { Text: "true" };
            isRight &= isStreamed || ReportValue(stream, "true", diagnostics);
            bool isPlace = field is { Type: null, Contents: null } && !field.Keys.ContainsKey("repeat");
            isRight &= isPlace
                || ReportPlace(stream, "must stand in a field of bytes that is not repeated", diagnostics);
        }

        if (Find(field.Annotations, Ascending) is { } order)
        {
            if (order.Value is not YamlScalar scalar)
            {
                isRight = ReportValue(order, "an expression", diagnostics);
            }
            else
            {
                ascending = ExpressionParser.Parse(scalar, diagnostics) is { } expression
                    ? expressions.Bind(expression, scope)
                    : null;
                isRight &= ascending is not null;
            }

            bool isPlace = field is { Type: null, Size: IntegerLiteral { Value.IsZero: true } };
            isRight &= isPlace || ReportPlace(order, "must stand in a field of 'size: 0'", diagnostics);
        }

        return isRight ? new FieldAnnotations(isStreamed, ascending) : null;
    }

    /// <summary>Binds those of a type, and checks those of what has none; null after an error.</summary>
    public static TypeAnnotations? Bind(TypeSymbol type)
    {
        DiagnosticBag diagnostics = type.Unit.Diagnostics;
        bool isRight = CheckPlaces(type.Meta?.Annotations ?? [], [], "'meta'", diagnostics);
        foreach (ParameterSyntax parameter in type.Syntax.Parameters)
        {
            isRight &= CheckPlaces(parameter.Annotations, [], "a parameter", diagnostics);
        }

        foreach (ValueInstanceSyntax instance in type.Syntax.Instances.OfType<ValueInstanceSyntax>())
        {
            isRight &= CheckPlaces(instance.Annotations, [], "a value instance", diagnostics);
        }

        foreach (EnumMemberSyntax member in type.Syntax.Enums.SelectMany(static item => item.Members))
        {
            isRight &= CheckPlaces(member.Annotations, [], "a member of an enumeration", diagnostics);
        }

        IReadOnlyList<AnnotationSyntax> annotations = type.Syntax.Annotations;
        string[] known = type.Outer is null ? [MaximumDepth, MaximumSize, ShapeKey] : [MaximumDepth, MaximumSize];
        isRight &= CheckPlaces(annotations, known, "a type", diagnostics);
        if (type.Outer is null && Find(annotations, MaximumDepth) is { } misplaced)
        {
            isRight = ReportPlace(misplaced, "must stand in a type that others contain", diagnostics);
        }

        long? depth = Number(annotations, MaximumDepth, MostDepth, ref isRight, diagnostics);
        long? size = Number(annotations, MaximumSize, long.MaxValue, ref isRight, diagnostics);
        Shape? shape = ShapeOf(annotations, ref isRight, diagnostics);
        return isRight ? new TypeAnnotations(shape, depth, size) : null;
    }

    private static Shape? ShapeOf(
        IReadOnlyList<AnnotationSyntax> annotations, ref bool isRight, DiagnosticBag diagnostics)
    {
        if (Find(annotations, ShapeKey) is not { } annotation)
        {
            return null;
        }

        switch ((annotation.Value as YamlScalar)?.Text)
        {
            case "view":
                return Shape.View;
            case "stream":
                return Shape.Stream;
            case "class":
                return Shape.Class;
            default:
                isRight = ReportValue(annotation, "'view', 'stream' or 'class'", diagnostics);
                return null;
        }
    }

    private static long? Number(
        IReadOnlyList<AnnotationSyntax> annotations,
        string key,
        long maximum,
        ref bool isRight,
        DiagnosticBag diagnostics)
    {
        if (Find(annotations, key) is not { } annotation)
        {
            return null;
        }

        if (annotation.Value is YamlScalar scalar
            && long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number >= 1
            && number <= maximum)
        {
            return number;
        }

        isRight = ReportValue(
            annotation, FormattableString.Invariant($"an integer from 1 to {maximum}"), diagnostics);
        return null;
    }

    private static bool CheckPlaces(
        IReadOnlyList<AnnotationSyntax> annotations, string[] known, string place, DiagnosticBag diagnostics)
    {
        bool isRight = true;
        foreach (AnnotationSyntax annotation in annotations.Where(item => !known.Contains(item.Key)))
        {
            if (All.Contains(annotation.Key))
            {
                isRight = ReportPlace(annotation, $"has no meaning in {place}", diagnostics);
            }
            else if (KeySet.Closest(annotation.Key, All) is { } closest)
            {
                diagnostics.Report(BindingRules.UnknownAnnotation, annotation.Span, annotation.Key, closest);
            }
        }

        return isRight;
    }

    private static bool ReportValue(AnnotationSyntax annotation, string expected, DiagnosticBag diagnostics)
    {
        diagnostics.Report(BindingRules.AnnotationValue, annotation.Value.Span, annotation.Key, expected);
        return false;
    }

    private static bool ReportPlace(AnnotationSyntax annotation, string what, DiagnosticBag diagnostics)
    {
        diagnostics.Report(BindingRules.AnnotationPlace, annotation.Span, annotation.Key, what);
        return false;
    }

    private static AnnotationSyntax? Find(IReadOnlyList<AnnotationSyntax> annotations, string key) =>
        annotations.FirstOrDefault(annotation => annotation.Key == key);
}
