using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nario.Ksy.Runtime;

/// <summary>Values that may be absent or of several types, and elements of lists.</summary>
internal static class KsyValue
{
    /// <summary>Gets a value that must be there.</summary>
    public static T Of<T>(T? value, string path)
        where T : struct => value ?? throw Absent(path);

    /// <summary>Gets a value that must be there.</summary>
    public static T Of<T>(T? value, string path)
        where T : class => value ?? throw Absent(path);

    /// <summary>Gets a value that must have a type.</summary>
    public static T As<T>(object? value, string path) =>
        value is T typed
            ? typed
            : throw KsyErrors.Create(
                KsyErrorKind.Absent, 0, path, typeof(T).Name, value is null ? "nothing" : value.GetType().Name);

    /// <summary>Gets a list all of whose elements must have a type.</summary>
    public static IReadOnlyList<T> AsList<T>(object? value, string path) =>
        value as IReadOnlyList<T>
        ?? [.. As<IEnumerable>(value, path).Cast<object?>().Select(item => As<T>(item, path))];

    /// <summary>Gets an integer of any type.</summary>
    public static long Integer(object? value, string path) => value switch
    {
        ulong number => unchecked((long)number),
        Enum item => unchecked((long)Convert.ToDecimal(item, CultureInfo.InvariantCulture)),
        float or double => KsyMath.Truncate(Convert.ToDouble(value, CultureInfo.InvariantCulture), path),
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => As<long>(value, path),
    };

    /// <summary>Gets a floating-point number of any type.</summary>
    public static double Float(object? value, string path) => value switch
    {
        float number => number,
        double number => number,
        _ => Integer(value, path),
    };

    public static T At<T>(IReadOnlyList<T> list, long index, string path) =>
        index >= 0 && index < list.Count ? list[(int)index] : throw Outside(index, list.Count, path);

    public static T First<T>(IReadOnlyList<T> list, string path) => At(list, 0, path);

    public static T Last<T>(IReadOnlyList<T> list, string path) => At(list, list.Count - 1L, path);

    public static byte At(byte[] bytes, long index, string path) =>
        index >= 0 && index < bytes.Length ? bytes[index] : throw Outside(index, bytes.Length, path);

    public static byte Minimum(byte[] bytes, string path)
    {
        byte least = At(bytes, 0, path);
        foreach (byte item in bytes)
        {
            least = Math.Min(least, item);
        }

        return least;
    }

    public static byte Maximum(byte[] bytes, string path)
    {
        byte greatest = At(bytes, 0, path);
        foreach (byte item in bytes)
        {
            greatest = Math.Max(greatest, item);
        }

        return greatest;
    }

    public static T Minimum<T>(IReadOnlyList<T> list, string path) => Extreme(list, -1, path);

    public static T Maximum<T>(IReadOnlyList<T> list, string path) => Extreme(list, 1, path);

    public static bool AreEqual(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    public static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    /// <summary>An error about a value that is used before it is read, or although it is not there.</summary>
    public static Exception Absent(string path) =>
        KsyErrors.Create(KsyErrorKind.Absent, 0, path, "a value", "nothing");

    private static T Extreme<T>(IReadOnlyList<T> list, int sign, string path)
    {
        IComparer<T> comparer = typeof(T) == typeof(string)
            ? (IComparer<T>)(object)StringComparer.Ordinal
            : typeof(T) == typeof(byte[]) ? Comparer<T>.Create(static (a, b) =>
                Compare((byte[])(object)a!, (byte[])(object)b!))
            : Comparer<T>.Default;
        T best = At(list, 0, path);
        foreach (T item in list)
        {
            best = comparer.Compare(item, best) * sign > 0 ? item : best;
        }

        return best;
    }

    private static Exception Outside(long index, int count, string path) =>
        KsyErrors.Create(KsyErrorKind.OutOfRange, 0, path, "an index below " + count, KsyText.Show(index));
}
