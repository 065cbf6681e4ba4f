using System.Numerics;
using Nario.Ksy.Expressions;
using Nario.Ksy.Syntax;

namespace Nario.Fuzz.Rules;

/// <summary>
/// Makes archives of good ones that break one rule of a specification each, or go to its limit: for each field what could be
/// wrong with it, where lengths, counts and paddings that depend on it fit again.
/// </summary>
internal sealed class RuleBreaker
{
    /// <summary>Size in bytes of the largest archive; larger ones slow a fuzzer down more than they teach it.</summary>
    private const int MaxLength = 32 * 1024;

    /// <summary>How often what holds its like is put into itself.</summary>
    private const int NestingCount = 70;

    private readonly byte[] _archive;
    private readonly Part _root;

    private RuleBreaker(byte[] archive, Part root)
    {
        _archive = archive;
        _root = root;
    }

    /// <summary>Gets what can be made of some archives.</summary>
    /// <param name="type">The type of the archives.</param>
    /// <param name="archives">The archives; those that are no good are passed over.</param>
    /// <returns>For each field and each way to go wrong the first that is found.</returns>
    public static IReadOnlyList<byte[]> Break(SpecType type, IEnumerable<byte[]> archives)
    {
        HashSet<string> ways = [];
        List<byte[]> broken = [];
        foreach (byte[] archive in archives)
        {
            if (SpecInterpreter.Read(type, archive, out Part root) is null)
            {
                foreach ((string way, Func<byte[]> change) in new RuleBreaker(archive, root).ListChanges())
                {
                    if (!ways.Contains(way) && change() is { Length: <= MaxLength } result)
                    {
                        ways.Add(way);
                        broken.Add(result);
                    }
                }
            }
        }

        return broken;
    }

    /// <summary>Gets the numbers that a field is compared with.</summary>
    private static IEnumerable<BigInteger> ListBounds(Scope scope, AttributeSyntax field) => field.Validation switch
    {
        ValidRange range => ((Expression?[])[range.Minimum, range.Maximum]).OfType<Expression>().Select(scope.Number),
        ValidAnyOf any => any.Values.Select(scope.Evaluate).OfType<BigInteger>(),
        ValidEqual equal => [scope.Number(equal.Value)],
        _ => [],
    };

    /// <summary>Gets the bytes that stand in an expression.</summary>
    private static IEnumerable<byte[]> ListLiterals(Expression expression) => expression switch
    {
        BinaryExpression binary => ListLiterals(binary.Left).Concat(ListLiterals(binary.Right)),
        ArrayLiteral => [(byte[])default(Scope).Evaluate(expression)],
        _ => [],
    };

    private static byte[] Encode(BigInteger number, Part part)
    {
        byte[] bytes = new byte[part.End - part.Start];
        BigInteger limit = BigInteger.One << (8 * bytes.Length);
        byte[] digits = (((number % limit) + limit) % limit).ToByteArray(isUnsigned: true);
        digits.CopyTo(bytes, 0);
        if (part.Structure!.Type!.IsBigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private static byte[] Resize(byte[] bytes, int length)
    {
        byte filler = bytes.Length > 0 ? bytes[^1] : (byte)'a';
        return [.. bytes.Take(length), .. Enumerable.Repeat(filler, Math.Max(0, length - bytes.Length))];
    }

    private static IEnumerable<byte> Repeat(byte[] bytes) =>
        Enumerable.Repeat(bytes, NestingCount).SelectMany(static copy => copy);

    private static byte[] With(byte[] bytes, int index, byte value)
    {
        byte[] changed = [.. bytes];
        changed[index] = value;
        return changed;
    }

    private IEnumerable<(string Way, Func<byte[]> Change)> ListChanges()
    {
        foreach (Part part in _root.All.Where(static part => part.Field is not null))
        {
            string name = $"{part.Structure!.Type!.Name}/{part.Field!.Id?.Text}";
            IEnumerable<(string Way, Func<byte[]> Change)> changes = part switch
            {
                { IsList: true } => ListChangesOfList(part),
                { Type: not null } => ListChangesOfStructure(part),
                { Value: BigInteger number } => ListChangesOfNumber(part, number),
                _ => ListChangesOfBytes(part),
            };
            foreach ((string way, Func<byte[]> change) in changes)
            {
                yield return ($"{name}: {way}", change);
            }
        }
    }

    private IEnumerable<(string Way, Func<byte[]> Change)> ListChangesOfNumber(Part part, BigInteger number)
    {
        BigInteger top = BigInteger.One << (8 * (part.End - part.Start));
        BigInteger[] bounds = [.. ListBounds(new Scope(part.Structure!), part.Field!)];
        IEnumerable<BigInteger> others =
        [
            number + 1, number - 1, 0, top / 2, (top / 2) - 1, top - 1,
            .. bounds, .. bounds.Select(static bound => bound + 1), .. bounds.Select(static bound => bound - 1),
        ];
        foreach (BigInteger other in others.Distinct().Where(other => other >= 0 && other < top && other != number))
        {
            // What differs from archive to archive is the same way for all of them.
            string way = other == number + 1 ? "one more" : other == number - 1 ? "one less" : $"{other}";
            yield return (way, () => Replace((part.Start, part.End, Encode(other, part))));
        }
    }

    private IEnumerable<(string Way, Func<byte[]> Change)> ListChangesOfBytes(Part part)
    {
        byte[] bytes = _archive[part.Start..part.End];
        if (part.Field!.Contents is not null)
        {
            foreach (int index in (int[])[0, bytes.Length / 2, bytes.Length - 1])
            {
                yield return ($"byte {index}", () => Replace((part.Start, part.End, With(bytes, index, (byte)(bytes[index] ^ 1)))));
            }

            yield break;
        }

        Scope scope = new(part.Structure!);
        if (part.Field.Size is not { } size || scope.Find(size) is not { } length)
        {
            yield break;
        }

        foreach (BigInteger bound in ListBounds(new Scope(length.Structure!), length.Field!))
        {
            foreach (BigInteger other in (BigInteger[])[bound - 1, bound, bound + 1])
            {
                if (other >= 0 && other <= MaxLength)
                {
                    yield return ($"length {other}", () => Resize(part, Resize(bytes, (int)other)));
                }
            }
        }

        yield return ("empty", () => Resize(part, []));
        yield return ("longer", () => Resize(part, [.. bytes, (byte)'a']));
        if (bytes.Length == 0)
        {
            yield break;
        }

        yield return ("shorter", () => Resize(part, bytes[..^1]));
        byte[] special = [0, .. part.Field.Terminator?.Bytes ?? []];
        foreach (int index in (int[])[0, bytes.Length / 2, bytes.Length - 1])
        {
            string where = index == 0 ? "first" : index == bytes.Length - 1 ? "last" : "middle";
            yield return ($"another {where} byte", () => Resize(part, With(bytes, index, (byte)(bytes[index] ^ 1))));
            foreach (byte value in special.Distinct())
            {
                yield return ($"{where} byte {value}", () => Resize(part, With(bytes, index, value)));
            }
        }

        foreach (byte[] literal in part.Field.Validation is ValidExpression { Condition: var condition } ? ListLiterals(condition) : [])
        {
            yield return ($"bytes {Convert.ToHexString(literal)}", () => Resize(part, literal));
        }
    }

    private IEnumerable<(string Way, Func<byte[]> Change)> ListChangesOfList(Part list)
    {
        for (int index = 0; index + 1 < list.Parts.Count; index++)
        {
            (Part first, Part second) = (list.Parts[index], list.Parts[index + 1]);
            byte[] earlier = _archive[first.Start..first.End];
            byte[] later = _archive[second.Start..second.End];
            yield return ("exchanged", () => Replace((first.Start, second.End, [.. later, .. earlier])));
            yield return ("twice", () => Replace((first.Start, first.Start, earlier)));
            yield return ("missing", () => Replace((first.Start, first.End, [])));
        }
    }

    private IEnumerable<(string Way, Func<byte[]> Change)> ListChangesOfStructure(Part part)
    {
        if (part.StatedEnd is not null)
        {
            yield return ("more at the end", () => Replace((part.End, part.End, new byte[sizeof(ulong)])));
            yield return ("less at the end", () => Replace((part.End - sizeof(ulong), part.End, [])));
        }

        if (part.All.FirstOrDefault(inner => inner != part && inner.Type == part.Type) is { } like)
        {
            yield return ("nested", () => Replace(
                (part.Start, part.End,
                [
                    .. Repeat(_archive[part.Start..like.Start]), .. _archive[like.Start..like.End],
                    .. Repeat(_archive[like.End..part.End]),
                ])));
        }
    }

    /// <summary>Replaces bytes that a number before them and a padding behind them depend on.</summary>
    private byte[] Resize(Part part, byte[] bytes)
    {
        Part structure = part.Structure!;
        Part length = new Scope(structure).Find(part.Field!.Size!)!;
        object before = length.Value;
        length.Value = (BigInteger)bytes.Length;
        List<(int Start, int End, byte[] Bytes)> changes =
        [
            (length.Start, length.End, Encode(bytes.Length, length)), (part.Start, part.End, bytes),
            .. from list in structure.Parts
               where list.Start >= part.End && list.Field!.Repeat is RepeatCount
               let count = new Scope(structure).Number(((RepeatCount)list.Field!.Repeat!).Count)
               select (list.Start, list.End, new byte[(int)count]),
        ];
        length.Value = before;
        return Replace([.. changes]);
    }

    /// <summary>Replaces parts of the archive, in its order, and states the sizes of what they are in.</summary>
    private byte[] Replace(params (int Start, int End, byte[] Bytes)[] changes)
    {
        List<(int Start, int End, byte[] Bytes)> all = [.. changes];
        int growth = changes.Sum(static change => change.Bytes.Length - (change.End - change.Start));
        foreach (Part outer in _root.All.Where(part => part.StatedEnd is not null))
        {
            if (growth != 0 && outer.Start <= changes[0].Start && changes[^1].End <= outer.End)
            {
                Part size = new Scope(outer.Structure!).Find(outer.Field!.Size!)!;
                all.Add((size.Start, size.End, Encode(outer.End - outer.Start + growth, size)));
            }
        }

        List<byte> result = [];
        int position = 0;
        foreach ((int start, int end, byte[] bytes) in all.OrderBy(static change => change.Start))
        {
            result.AddRange(_archive[position..start]);
            result.AddRange(bytes);
            position = end;
        }

        result.AddRange(_archive[position..]);
        return [.. result];
    }
}
