using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>A member of the code that all specifications share: how it is called, its text, and what it needs.</summary>
internal sealed class SupportMember
{
    public static readonly SupportMember Set = new(
        "Set",
        """
        private OperationStatus Set(long offset, string path, string expected, string found)
        {
            Offset = offset;
            Path = path;
            Expected = expected;
            Found = found;
            return OperationStatus.InvalidData;
        }
        """);

    /// <summary>The fields of a fault, with what sets them: the compiler warns of fields that nothing sets.</summary>
    public static readonly SupportMember Fault = new(
        "KsyFault",
        """
        /// <summary>Identifiers that lead to the field.</summary>
        public string? Path;

        /// <summary>What is expected there.</summary>
        public string? Expected;

        /// <summary>What is there.</summary>
        public string? Found;

        /// <summary>Offset from the beginning of what was being read.</summary>
        public long Offset;
        """,
        Set);

    public static readonly SupportMember IsUnsupported = new(
        "IsUnsupported",
        """
        /// <summary>Whether what is there is known, but not supported.</summary>
        public bool IsUnsupported;
        """);

    public static readonly SupportMember LongestQuote = new(
        "LongestQuote",
        """
        private const int LongestQuote = 64;
        """);

    public static readonly SupportMember Quote = new(
        "Quote",
        """
        /// <summary>Writes bytes for a person: text where they are text, else hexadecimal digits.</summary>
        public static string Quote(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
            {
                return "nothing";
            }

            StringBuilder text = new("\"");
            foreach (byte value in bytes.Slice(0, Math.Min(bytes.Length, LongestQuote)))
            {
                text.Append(value switch
                {
                    (byte)'"' or (byte)'\\' => $"\\{(char)value}",
                    >= 0x20 and < 0x7f => ((char)value).ToString(),
                    0 => "\\0",
                    _ => $"\\x{value:x2}",
                });
            }

            return text.Append(bytes.Length > LongestQuote ? "\"…" : "\"").ToString();
        }
        """,
        LongestQuote);

    public static readonly SupportMember Bytes = new(
        "fault.Bytes",
        """
        public OperationStatus Bytes(long offset, string path, string expected, ReadOnlySpan<byte> found) =>
            Set(offset, path, expected, Quote(found));
        """,
        Fault,
        Quote);

    public static readonly SupportMember Constant = new(
        "fault.Constant",
        """
        public OperationStatus Constant(ReadOnlySpan<byte> source, int position, ReadOnlySpan<byte> expected, string path)
        {
            ReadOnlySpan<byte> found = source.Slice(position);
            int same = found.CommonPrefixLength(expected);

            // What is found is quoted up to the first byte that differs: that much is there whatever the size of a block.
            return same == found.Length
                ? OperationStatus.NeedMoreData
                : Bytes(position, path, Quote(expected), found.Slice(0, same + 1));
        }
        """,
        Bytes);

    public static readonly SupportMember Number = new(
        "fault.Number",
        """
        public OperationStatus Number(long offset, string path, string expected, ulong found, string? known = null)
        {
            IsUnsupported = known is not null;
            string number = found.ToString(CultureInfo.InvariantCulture);
            return Set(offset, path, expected, known is null ? number : $"{number} ({known})");
        }
        """,
        Fault,
        IsUnsupported);

    public static readonly SupportMember SignedNumber = new(
        "fault.Number",
        """
        public OperationStatus Number(long offset, string path, string expected, long found, string? known = null)
        {
            IsUnsupported = known is not null;
            string number = found.ToString(CultureInfo.InvariantCulture);
            return Set(offset, path, expected, known is null ? number : $"{number} ({known})");
        }
        """,
        Fault,
        IsUnsupported);

    public static readonly SupportMember Padding = new(
        "fault.Padding",
        """
        public OperationStatus Padding(ReadOnlySpan<byte> padding, long offset, string path, byte filler)
        {
            int index = padding.IndexOfAnyExcept(filler);
            return Set(offset + index, path, $"padding with bytes of value {filler}", $"a byte of value {padding[index]}");
        }
        """,
        Fault);

    public static readonly SupportMember Other = new(
        "fault.Other",
        """
        public OperationStatus Other(long offset, string path, string expected, string found = "another value") =>
            Set(offset, path, expected, found);
        """,
        Fault);

    public static readonly SupportMember Within = new(
        "fault.Within",
        """
        /// <summary>Makes a fault inside a field one of what the field stands in.</summary>
        public OperationStatus Within(OperationStatus status, int position, string field)
        {
            if (status == OperationStatus.InvalidData)
            {
                Path = Path is null ? field : $"{field}/{Path}";
                Offset += position;
            }

            return status;
        }
        """,
        Fault);

    public static readonly SupportMember Before = new(
        "KsySupport.Before",
        """
        /// <summary>Gets what stands before the first byte of some value; everything when there is none.</summary>
        public static ReadOnlySpan<byte> Before(ReadOnlySpan<byte> bytes, byte terminator)
        {
            int index = bytes.IndexOf(terminator);
            return index < 0 ? bytes : bytes.Slice(0, index);
        }
        """);

    public static readonly SupportMember Terminate = new(
        "KsySupport.Terminate",
        """
        /// <summary>Fills a field of fixed size: the bytes, the terminator if there is room for it, then zeros.</summary>
        public static void Terminate(ReadOnlySpan<byte> bytes, byte terminator, Span<byte> destination)
        {
            bytes.CopyTo(destination);
            Span<byte> rest = destination.Slice(bytes.Length);
            rest.Clear();
            if (!rest.IsEmpty)
            {
                rest[0] = terminator;
            }
        }
        """);

    public static readonly SupportMember ClearFew = new(
        "KsySupport.ClearFew",
        """
        /// <summary>Clears fewer than eight bytes at the beginning of a span; eight where they are there, which is faster.</summary>
        public static void ClearFew(Span<byte> span, int count)
        {
            if (span.Length >= sizeof(ulong))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(span, 0);
            }
            else
            {
                span.Slice(0, count).Clear();
            }
        }
        """);

    public static readonly SupportMember AreFewClear = new(
        "KsySupport.AreFewClear",
        """
        /// <summary>Whether a span begins with so many zeros, of which there are fewer than eight.</summary>
        public static bool AreFewClear(ReadOnlySpan<byte> span, int count) =>
            span.Length >= sizeof(ulong)
                ? (BinaryPrimitives.ReadUInt64LittleEndian(span) & ((1UL << (8 * count)) - 1)) == 0
                : !span.Slice(0, count).ContainsAnyExcept((byte)0);
        """);

    public static readonly SupportMember LeastByte = new(
        "KsySupport.LeastByte",
        """
        /// <summary>Gets the smallest byte; 255 when there is none.</summary>
        public static byte LeastByte(ReadOnlySpan<byte> bytes)
        {
            byte least = byte.MaxValue;
            foreach (byte value in bytes)
            {
                least = Math.Min(least, value);
            }

            return least;
        }
        """);

    public static readonly SupportMember Unreadable = new(
        "KsySupport.Unreadable",
        """
        public static Exception Unreadable(OperationStatus status, ref KsyFault fault, long offset, string path, bool endsAtLimit = false) =>
            status == OperationStatus.NeedMoreData
                ? new KsyFormatException(
                    offset,
                    path,
                    "more bytes",
                    endsAtLimit ? "the end of the stated size" : "the end of the input",
                    isTruncated: !endsAtLimit,
                    isUnsupported: false)
                : new KsyFormatException(
                    offset + fault.Offset,
                    string.IsNullOrEmpty(fault.Path) ? path : $"{path}/{fault.Path}",
                    fault.Expected ?? "another value",
                    fault.Found ?? "something else",
                    isTruncated: false,
                    fault.IsUnsupported);
        """,
        Fault);

    public static readonly SupportMember ValueException = new(
        "KsyValueException",
        """
        /// <summary>Says that a value cannot be written: the specification does not allow it.</summary>
        /// <param name="message">The field, and what it must be.</param>
        /// <param name="argument">The name of the argument; or null.</param>
        public sealed class KsyValueException(string message, string? argument) : ArgumentException(message, argument);
        """);

    public static readonly SupportMember SizeException = new(
        "KsySizeException",
        """
        /// <summary>Says that what is written has another size than was stated before it.</summary>
        /// <param name="message">How many bytes are missing, or left.</param>
        public sealed class KsySizeException(string message) : InvalidOperationException(message);
        """);

    public static readonly SupportMember NotAllowed = new(
        "KsySupport.NotAllowed",
        """
        public static Exception NotAllowed(string? argument, string path, string expected) =>
            new KsyValueException($"{path} must be {expected}.", argument);
        """,
        ValueException);

    public static readonly SupportMember TooLong = new(
        "KsySupport.TooLong",
        """
        public static Exception TooLong(string path, long most) => NotAllowed(null, path, $"at most {most} bytes long");
        """,
        NotAllowed);

    public static readonly SupportMember Incomplete = new(
        "KsySupport.Incomplete",
        """
        public static Exception Incomplete(string name, long missing) =>
            new KsySizeException($"{missing} bytes of {name} are missing.");
        """,
        SizeException);

    public static readonly SupportMember OutOfOrder = new(
        "KsySupport.OutOfOrder",
        """
        public static Exception OutOfOrder(string token, string expected) =>
            new InvalidOperationException($"{token} cannot be written here: expected {expected}.");
        """);

    public static readonly SupportMember Ascending = new(
        "KsyAscending",
        """
        /// <summary>Keeps, for each level of nesting, the byte string that the next one must follow.</summary>
        internal sealed class KsyAscending(int levels, int longest)
        {
            private readonly byte[] _bytes = new byte[levels * longest];
            private readonly int[] _lengths = new int[levels];

            /// <summary>Begins a list.</summary>
            public void Restart(int level) => _lengths[level] = -1;

            /// <summary>Whether a byte string follows the one before it; if so, it is kept in its place.</summary>
            public bool Accept(int level, ReadOnlySpan<byte> bytes)
            {
                Span<byte> kept = _bytes.AsSpan(level * longest, longest);
                int length = _lengths[level];
                if (length >= 0 && bytes.SequenceCompareTo(kept.Slice(0, length)) <= 0)
                {
                    return false;
                }

                bytes.CopyTo(kept);
                _lengths[level] = bytes.Length;
                return true;
            }
        }
        """);

    private SupportMember(string name, string text, params SupportMember[] needs)
    {
        Name = name;
        Text = text;
        Needs = needs;
    }

    /// <summary>How generated code names it.</summary>
    public string Name { get; }

    /// <summary>Its C#, not indented.</summary>
    public string Text { get; }

    /// <summary>Members that its text names.</summary>
    public IReadOnlyList<SupportMember> Needs { get; }

    /// <summary>The one that tells of a number that is not allowed.</summary>
    public static SupportMember NumberOf(Slot slot) => slot.IsSigned ? SignedNumber : Number;
}
