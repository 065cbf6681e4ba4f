using Nario.Ksy.Model;
using Nario.Ksy.Programs;

namespace Nario.Ksy.Lowering;

/// <summary>A lowered expression with what is known of it.</summary>
/// <param name="Value">The expression; null for a structure or after an error.</param>
/// <param name="Kind">What it gives.</param>
/// <param name="Range">Which integers it can give.</param>
/// <param name="Text">The text of a string literal.</param>
/// <param name="Meaning">What its members mean, for a structure.</param>
internal sealed record TypedValue(
    Value? Value,
    ValueKind Kind,
    Interval Range = default,
    string? Text = null,
    Meaning? Meaning = null)
{
    public static readonly TypedValue Error = new(null, ValueKind.Nothing);

    public Slot? Slot => (Value as SlotValue)?.Slot;
}
