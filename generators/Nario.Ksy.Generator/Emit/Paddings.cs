using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes how paddings are written and checked. The common ones, a few zeros, are one word of the machine.</summary>
internal static class Paddings
{
    /// <summary>Writes a statement that fills a padding; what comes after it is written later, if at all.</summary>
    /// <param name="padding">The padding.</param>
    /// <param name="span">A span that begins with it.</param>
    /// <param name="count">Its size in bytes.</param>
    /// <param name="support">What generated code shares.</param>
    public static string Fill(PaddingStep padding, string span, string count, SupportUse support)
    {
        if (IsWithinWord(padding))
        {
            return support.Call(SupportMember.ClearFew, span, count) + ";";
        }

        string fill = padding.Filler == 0 ? "Clear()" : $"Fill({Numbers.Text(padding.Filler)})";
        return $"{span}.Slice(0, {count}).{fill};";
    }

    /// <summary>Writes whether a padding has another byte than its own.</summary>
    /// <param name="padding">The padding.</param>
    /// <param name="source">The span that it lies in.</param>
    /// <param name="position">Its place there.</param>
    /// <param name="count">Its size in bytes; as many are there.</param>
    /// <param name="support">What generated code shares.</param>
    public static string IsWrong(PaddingStep padding, string source, string position, string count, SupportUse support) =>
        IsWithinWord(padding)
            ? "!" + support.Call(SupportMember.AreFewClear, $"{source}.Slice({position})", count)
            : $"{source}.Slice({position}, {count}).ContainsAnyExcept((byte){Numbers.Text(padding.Filler)})";

    /// <summary>
    /// Whether a padding is less than eight zeros by the way in which its size is worked out: what is known of the numbers
    /// in it need not hold where they come from a caller.
    /// </summary>
    private static bool IsWithinWord(PaddingStep padding) =>
        padding is
        {
            Filler: 0,
            Count: ArithmeticValue { Operator: BinaryOperator.Modulo, Right: IntegerValue { Number: var divisor } } count,
        }
        && divisor <= sizeof(ulong)
        && ValueSign.IsUnsigned(count);
}
