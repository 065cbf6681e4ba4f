using Nario.Ksy.Model;

namespace Nario.Ksy.Binding;

/// <summary>What the names of an expression can mean.</summary>
/// <param name="Type">The type in which it stands.</param>
/// <param name="Item">The type of <c>_</c>, or null where it stands for nothing.</param>
/// <param name="HasIndex">Whether <c>_index</c> stands for something.</param>
/// <param name="SwitchValue">The type of <c>_on</c>, or null where it stands for nothing.</param>
internal sealed record ExpressionScope(
    TypeSymbol Type,
    DataType? Item = null,
    bool HasIndex = false,
    DataType? SwitchValue = null);
