using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Nario.Ksy.Expressions;
using Nario.Ksy.Programs;

namespace Nario.Fuzz.Specifications;

/// <summary>The tokens that the specifications of the project name, for fuzzers to make inputs of.</summary>
internal static class TokenDictionary
{
    /// <summary>Size in bytes of the longest token that the fuzzers take.</summary>
    private const int MaxTokenLength = 128;

    /// <summary>Gets every constant, every choice with its length and padding, every tag and every bound, each once.</summary>
    public static IReadOnlyList<byte[]> GetTokens()
    {
        Dictionary<string, byte[]> tokens = [];
        foreach (byte[] token in ProjectSpecifications.Compile().SelectMany(GetTokens))
        {
            if (token.Length is > 0 and <= MaxTokenLength)
            {
                tokens.TryAdd(Convert.ToHexString(token), token);
            }
        }

        return [.. tokens.Values];
    }

    /// <summary>Writes the dictionary in the form of AFL and libFuzzer.</summary>
    public static void Write(TextWriter output)
    {
        foreach (byte[] token in GetTokens())
        {
            output.Write('"');
            foreach (byte value in token)
            {
                bool isPlain = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_';
                output.Write(isPlain ? ((char)value).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}"));
            }

            output.Write("\"\n");
        }
    }

    private static IEnumerable<byte[]> GetTokens(SpecProgram program)
    {
        foreach (EnumerationMember member in program.Enumerations.SelectMany(static item => item.Members))
        {
            yield return Encoding.UTF8.GetBytes(member.Label);
        }

        foreach (RecordProgram record in program.Records)
        {
            foreach (byte[] token in GetTokens(record.Steps))
            {
                yield return token;
            }
        }

        if (program.Stream is { } stream)
        {
            foreach (ReadInstruction read in stream.Procedures.SelectMany(static item => item.Instructions).OfType<ReadInstruction>())
            {
                foreach (byte[] token in GetTokens([read.Step, .. read.Checks]))
                {
                    yield return token;
                }
            }
        }
    }

    private static IEnumerable<byte[]> GetTokens(IReadOnlyList<Step> steps)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case ConstantStep constant:
                    yield return [.. constant.Bytes];
                    break;
                case OptionalStep optional:
                    foreach (byte[] token in GetTokens(optional.Steps))
                    {
                        yield return token;
                    }

                    break;
                case NumberStep { Slot: { Enumeration: { } enumeration } } number:
                    foreach (EnumerationMember member in enumeration.Members)
                    {
                        yield return Encode(number, member.Value);
                    }

                    break;
                case NumberStep number:
                    yield return Encode(number, number.Slot.Range.High);
                    break;
                case CheckStep check:
                    foreach (BigInteger bound in GetNumbers(check.Condition))
                    {
                        yield return Encode(bound);
                        yield return Encode(bound + 1);
                    }

                    break;
                case RecordStep record:
                    foreach (BigInteger bound in record.Arguments.SelectMany(GetNumbers))
                    {
                        yield return Encode(bound);
                        yield return Encode(bound + 1);
                    }

                    break;
                case ChoiceStep { Slot.Enumeration: { } choices } choice:
                    foreach (EnumerationMember member in choices.Members)
                    {
                        yield return Render(steps, choice, Encoding.UTF8.GetBytes(member.Label));
                    }

                    break;
            }
        }
    }

    /// <summary>Gets the bytes of a record whose only free part is a choice.</summary>
    private static byte[] Render(IReadOnlyList<Step> steps, ChoiceStep choice, byte[] text)
    {
        List<byte> bytes = [];
        foreach (Step step in steps)
        {
            switch (step)
            {
                case NumberStep number when choice.Size is SlotValue size && size.Slot == number.Slot:
                    bytes.AddRange(Encode(number, text.Length));
                    break;
                case ChoiceStep:
                    bytes.AddRange(text);
                    break;
                case PaddingStep padding:
                    bytes.AddRange(Enumerable.Repeat(padding.Filler, (int)Evaluate(padding.Count, text.Length)));
                    break;
                case CheckStep:
                    break;
                default:
                    return text;
            }
        }

        return [.. bytes];
    }

    /// <summary>Gets the value of an expression in which every slot is the length of the text.</summary>
    private static BigInteger Evaluate(Value value, int length) => value switch
    {
        IntegerValue integer => integer.Number,
        SlotValue or LengthValue => length,
        ArithmeticValue { Operator: BinaryOperator.Add } sum => Evaluate(sum.Left, length) + Evaluate(sum.Right, length),
        ArithmeticValue { Operator: BinaryOperator.Subtract } difference =>
            Evaluate(difference.Left, length) - Evaluate(difference.Right, length),
        ArithmeticValue { Operator: BinaryOperator.Modulo } rest => Evaluate(rest.Left, length) % Evaluate(rest.Right, length),
        _ => 0,
    };

    private static IEnumerable<BigInteger> GetNumbers(Value value) => value switch
    {
        IntegerValue integer => [integer.Number],
        ComparisonValue comparison => GetNumbers(comparison.Left).Concat(GetNumbers(comparison.Right)),
        LogicalValue logical => GetNumbers(logical.Left).Concat(GetNumbers(logical.Right)),
        _ => [],
    };

    private static byte[] Encode(BigInteger value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(value & ulong.MaxValue));
        return bytes;
    }

    private static byte[] Encode(NumberStep number, BigInteger value)
    {
        byte[] bytes = Encode(value)[..number.Width];
        if (number.IsBigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
