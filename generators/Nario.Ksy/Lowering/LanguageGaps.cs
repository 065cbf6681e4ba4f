using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;

namespace Nario.Ksy.Lowering;

/// <summary>Reports what the lowering from syntax does not know.</summary>
internal static class LanguageGaps
{
    private static readonly string[] FieldKeys = ["process", "parent"];

    public static void Report(TypeSyntax type, DiagnosticBag diagnostics)
    {
        void Unsupported(SourceSpan span, string key) =>
            diagnostics.Report(LoweringRules.Unsupported, span, DiagnosticText.Quote(key));

        if (type.Meta is { } meta)
        {
            if (meta.SwitchedEndian is not null)
            {
                Unsupported(meta.SwitchedEndian.Span, "endian");
            }

            if (meta.BitEndian == Endianness.Little || meta.IsDebug || meta.AllowsOpaqueTypes)
            {
                Unsupported(meta.Span, "meta");
            }
        }

        if (type.Text is not null)
        {
            Unsupported(type.Text.Span, "to-string");
        }

        foreach (ParsedInstanceSyntax instance in type.Instances.OfType<ParsedInstanceSyntax>())
        {
            Unsupported(instance.Id.Span, instance.Id.Text);
        }

        foreach (AttributeSyntax field in type.Sequence)
        {
            foreach (string key in FieldKeys.Where(field.Keys.ContainsKey))
            {
                Unsupported(field.Keys[key], key);
            }

            if (field.Contents is not null && (field.Size is not null || field.Validation is not null))
            {
                Unsupported(field.Span, "contents");
            }

            if (field is { Type: null, Contents: null, Size: null, SizeToEnd: false, Terminator: null })
            {
                diagnostics.Report(BindingRules.UnboundedBytes, field.Span);
            }
        }

        foreach (TypeSyntax nested in type.Types)
        {
            Report(nested, diagnostics);
        }
    }
}
