namespace Nario.Ksy.Model;

/// <summary>Makes <see cref="ValueList{T}"/>s.</summary>
public static class ValueListExtensions
{
    /// <summary>Copies <paramref name="items"/>.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new(items);
}
