namespace Nario.Ksy.Model;

/// <summary>Names an enumeration by the type that declares it.</summary>
public sealed record EnumId(TypeId Owner, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Owner}::{Name}";
}
