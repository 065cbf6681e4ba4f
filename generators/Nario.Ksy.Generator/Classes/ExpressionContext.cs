using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>What an expression stands in.</summary>
/// <param name="Type">The class that has the code.</param>
/// <param name="Path">The member that is read or computed, for messages.</param>
/// <param name="Item">The value of <c>_</c>, where there is one.</param>
/// <param name="Index">The variable of <c>_index</c>, where there is one.</param>
/// <param name="Choice">The variable that holds the value of a switch, in its cases.</param>
/// <param name="Root">The object's root, where it is not a property of it.</param>
internal sealed record ExpressionContext(
    TypeModel Type, string Path, Code? Item = null, string? Index = null, string? Choice = null, Code? Root = null)
{
    /// <summary>The path as a literal of C#.</summary>
    public Code PathLiteral => Code.Primary(Emit.Literals.Text(Path));
}
