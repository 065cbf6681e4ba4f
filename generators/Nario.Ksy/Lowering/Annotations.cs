using System.Globalization;
using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;
using Nario.Ksy.Yaml;

namespace Nario.Ksy.Lowering;

/// <summary>Reads the keys that begin with a dash. Every one must be known: a misspelt check must not vanish.</summary>
internal static class Annotations
{
    public const string Stream = "-stream";
    public const string Ascending = "-ascending";
    public const string MaximumDepth = "-max-depth";
    public const string MaximumSize = "-max-size";

    /// <summary>Conventional keys that only inform a person or another tool.</summary>
    private static readonly string[] Informing = ["-orig-id", "-webide-representation", "-affected-by"];

    private static readonly string[] OfTypes = [MaximumDepth, MaximumSize];
    private static readonly string[] OfFields = [Stream, Ascending];

    public static void Check(TypeSyntax type, DiagnosticBag diagnostics)
    {
        CheckKeys(type.Annotations, OfTypes, diagnostics);
        CheckKeys(type.Meta?.Annotations ?? [], [], diagnostics);
        foreach (ParameterSyntax parameter in type.Parameters)
        {
            CheckKeys(parameter.Annotations, [], diagnostics);
        }

        foreach (EnumMemberSyntax member in type.Enums.SelectMany(item => item.Members))
        {
            CheckKeys(member.Annotations, [], diagnostics);
        }

        foreach (AttributeSyntax field in type.Sequence)
        {
            CheckKeys(field.Annotations, OfFields, diagnostics);
        }

        foreach (ValueInstanceSyntax instance in type.Instances.OfType<ValueInstanceSyntax>())
        {
            CheckKeys(instance.Annotations, [], diagnostics);
        }
    }

    /// <summary>Reports annotations of a field of a stream that have no meaning for such a field.</summary>
    public static void CheckPlaces(AttributeSyntax field, DiagnosticBag diagnostics)
    {
        if (Find(field.Annotations, Stream) is { } stream
            && (field.Type is not null || field.Contents is not null || field.Repeat is not null))
        {
            diagnostics.Report(
                BindingRules.AnnotationPlace,
                stream.Span,
                Stream,
                "must stand in a field of bytes that is not repeated");
        }

        if (Find(field.Annotations, Ascending) is { } ascending && !FieldLowerer.IsCheckOnly(field))
        {
            diagnostics.Report(
                BindingRules.AnnotationPlace,
                ascending.Span,
                Ascending,
                "must stand in a field of 'size: 0'");
        }
    }

    /// <summary>Whether a type has an annotation that only a stream can heed.</summary>
    public static bool ForcesStream(TypeSyntax type) =>
        type.Annotations.Any(annotation => OfTypes.Contains(annotation.Key));

    /// <summary>Whether a field has an annotation that only a stream can heed.</summary>
    public static bool ForcesStream(AttributeSyntax field) =>
        field.Annotations.Any(annotation => OfFields.Contains(annotation.Key));

    public static bool IsStream(AttributeSyntax field, DiagnosticBag diagnostics)
    {
        AnnotationSyntax? annotation = Find(field.Annotations, Stream);
        if (annotation is null)
        {
            return false;
        }

        if (annotation.Value is YamlScalar { Text: "true" })
        {
            return true;
        }

        diagnostics.Report(BindingRules.AnnotationValue, annotation.Value.Span, Stream, "true");
        return false;
    }

    public static Expression? AscendingBy(AttributeSyntax field, DiagnosticBag diagnostics)
    {
        AnnotationSyntax? annotation = Find(field.Annotations, Ascending);
        if (annotation?.Value is YamlScalar scalar)
        {
            return ExpressionParser.Parse(scalar, diagnostics);
        }

        if (annotation is not null)
        {
            diagnostics.Report(BindingRules.AnnotationValue, annotation.Value.Span, Ascending, "an expression");
        }

        return null;
    }

    public static bool Has(IReadOnlyList<AnnotationSyntax> annotations, string key) =>
        Find(annotations, key) is not null;

    /// <summary>Gets a positive integer; null when the annotation is absent or wrong.</summary>
    public static long? Number(
        IReadOnlyList<AnnotationSyntax> annotations,
        string key,
        long maximum,
        DiagnosticBag diagnostics)
    {
        AnnotationSyntax? annotation = Find(annotations, key);
        if (annotation is null)
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

        diagnostics.Report(
            BindingRules.AnnotationValue,
            annotation.Value.Span,
            key,
            FormattableString.Invariant($"an integer from 1 to {maximum}"));
        return null;
    }

    public static AnnotationSyntax? Find(IReadOnlyList<AnnotationSyntax> annotations, string key) =>
        annotations.FirstOrDefault(annotation => annotation.Key == key);

    private static void CheckKeys(
        IReadOnlyList<AnnotationSyntax> annotations,
        string[] known,
        DiagnosticBag diagnostics)
    {
        foreach (AnnotationSyntax annotation in annotations)
        {
            if (!known.Contains(annotation.Key, StringComparer.Ordinal)
                && !Informing.Contains(annotation.Key, StringComparer.Ordinal))
            {
                diagnostics.Report(
                    BindingRules.UnknownAnnotation,
                    annotation.Span,
                    annotation.Key,
                    known.Length == 0 ? "none" : string.Join(", ", known));
            }
        }
    }
}
