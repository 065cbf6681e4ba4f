using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>What registering a derivation needs of it: the store paths of its outputs, and what they follow from.</summary>
/// <remarks>
/// A derivation is the text
/// <c>Derive([OUTPUTS],[INPUT DERIVATIONS],[INPUT SOURCES],PLATFORM,BUILDER,[ARGUMENTS],[ENVIRONMENT])</c>.
/// All of it is checked to be well-formed and in order; what comes after it is not looked at, as with Nix.
/// Of what may be long only the text itself is kept.
/// </remarks>
public sealed class Derivation
{
    /// <summary>How many bytes a derivation has at most; a limit of this library, many times what builds need.</summary>
    public const int MaxByteLength = 16 * 1024 * 1024;

    /// <summary>How many outputs a derivation has at most; a limit of this library, many times what builds need.</summary>
    public const int MaxOutputCount = 4096;

    internal static readonly string TooLong = $"it is longer than {MaxByteLength} bytes";

    /// <summary>How many bytes a path, a name or a hash has at most, before it is looked at.</summary>
    private const int MaxShortLength = 4096;

    /// <summary>How many bytes of a text of any length an error shows.</summary>
    private const int MaxShownLength = 256;

    private const string Extension = ".drv";

    private const string DefaultOutputName = "out";

    private const string ImpureHash = "impure";

    private readonly string _name;

    private readonly SortedDictionary<string, StorePath> _outputPaths = new(StringComparer.Ordinal);

    private readonly List<string> _outputNames = [];

    private readonly HashSet<string> _rightVariables = new(StringComparer.Ordinal);

    private int _inputsOffset;

    private Derivation(StorePath path, ReadOnlyMemory<byte> text)
    {
        Path = path;
        Text = text;
        _name = GetName(path);
        OutputPaths = new ReadOnlyDictionary<string, StorePath>(_outputPaths);
    }

    /// <summary>Gets the store path of each output, by name. An output whose path is known only when it is built is
    /// left out.</summary>
    public IReadOnlyDictionary<string, StorePath> OutputPaths { get; }

    /// <summary>Gets its own path.</summary>
    internal StorePath Path { get; }

    /// <summary>Gets the contents of its file.</summary>
    internal ReadOnlyMemory<byte> Text { get; }

    /// <summary>Gets the names of all outputs, in ascending order.</summary>
    internal IReadOnlyList<string> OutputNames => _outputNames;

    /// <summary>Gets what stands for it in what builds from it, when that is its fixed output, whatever makes that; else
    /// null.</summary>
    internal string? FixedOutput { get; private set; }

    /// <summary>Gets what decides where its outputs go, all of them alike.</summary>
    internal OutputKind Kind { get; private set; }

    /// <summary>Reads a derivation.</summary>
    /// <param name="storeDirectory">The directory of the store, which the paths in the text start with.</param>
    /// <param name="path">The path of the derivation, which gives it its name.</param>
    /// <param name="text">The contents of the file, at most <see cref="MaxByteLength"/>; kept.</param>
    /// <returns>The derivation.</returns>
    /// <exception cref="DerivationException">It is not a derivation, is too long, has lists that are not in order, no output, or
    /// outputs that do not go together; an output path that is not a store path, an output that can have none, or one with a fixed
    /// hash whose path does not follow from that hash.</exception>
    public static Derivation Parse(StoreDirectory storeDirectory, StorePath path, ReadOnlyMemory<byte> text)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (text.Length > MaxByteLength)
            {
                throw new FormatException(TooLong);
            }

            Derivation derivation = new(path, text);
            AtermReader reader = new(text.Span);
            derivation.ReadOutputs(ref reader, storeDirectory);
            derivation._inputsOffset = text.Length - reader.Remaining;
            derivation.ReadRest(ref reader, storeDirectory);
            return derivation;
        }
        catch (Exception e) when (e is FormatException or StoreException)
        {
            throw new DerivationException(storeDirectory.Join(path), e.Message, e);
        }
    }

    /// <summary>Gets the path of an output that follows from a hash of the derivation.</summary>
    internal StorePath MakeOutputPath(StoreDirectory storeDirectory, string output, NixHash hash) =>
        storeDirectory.MakePath($"output:{output}", hash, GetOutputPathName(output));

    /// <summary>Gets whether the builder is told the path of an output: by the variable of its name.</summary>
    internal bool TellsBuilder(string output) => _rightVariables.Contains(output);

    /// <summary>Gets a reader of the list of what it builds from, which is known to be well-formed.</summary>
    internal AtermReader ReadInputs()
    {
        AtermReader reader = new(Text.Span[_inputsOffset..]);
        reader.Expect(",["u8);
        return reader;
    }

    /// <summary>Finds what it builds from and is not known yet.</summary>
    /// <param name="storeDirectory">The directory of the store.</param>
    /// <param name="isKnown">Whether something is known.</param>
    /// <param name="position">Where to begin: 0, or what the last call left here.</param>
    /// <returns>The first derivation that is not known, which the next call finds again as long as it is not; or null.</returns>
    internal StorePath? FindUnknownInput(StoreDirectory storeDirectory, Predicate<StorePath> isKnown, ref int position)
    {
        bool first = position == 0;
        AtermReader reader = first ? ReadInputs() : new AtermReader(Text.Span[position..]);
        while (true)
        {
            position = Text.Length - reader.Remaining;
            bool wasFirst = first;
            if (!reader.NextItem(ref first))
            {
                return null;
            }

            reader.Expect("("u8);
            StorePath path = storeDirectory.ParsePath(reader.ReadString().Decode());
            if (!isKnown(path))
            {
                position = wasFirst ? 0 : position;
                return path;
            }

            reader.Expect(","u8);
            reader.SkipStrings();
            reader.Expect(")"u8);
        }
    }

    /// <summary>Lists come in ascending order: so writes them all that writes derivations, and so they are hashed.</summary>
    /// <param name="last">What came before; empty before the first.</param>
    /// <param name="current">What comes now.</param>
    /// <param name="first">Whether it is the first.</param>
    /// <param name="what">What an error calls it.</param>
    private static void CheckOrder(
        ref ReadOnlySpan<byte> last, ReadOnlySpan<byte> current, bool first, string what)
    {
        if (!first && last.SequenceCompareTo(current) >= 0)
        {
            throw new FormatException($"{what} '{Show(current)}' is there twice, or comes after '{Show(last)}'");
        }

        last = current;
    }

    /// <summary>Reads a string that is not to be long, so that no error has to show more of it.</summary>
    private static ReadOnlySpan<byte> ReadShort(scoped ref AtermReader reader, string what)
    {
        ReadOnlySpan<byte> value = reader.ReadString().Decode();
        return value.Length <= MaxShortLength
            ? value
            : throw new FormatException($"{what} is longer than {MaxShortLength} bytes");
    }

    private static ReadOnlySpan<byte> ReadOutputName(scoped ref AtermReader reader)
    {
        ReadOnlySpan<byte> name = ReadShort(ref reader, "the name of an output");
        return StorePathName.FindFault(name) is { } fault ? throw new FormatException($"the name of an output: {fault}") : name;
    }

    private static string Show(ReadOnlySpan<byte> text) => text.Length <= MaxShownLength
        ? EscapedText.FromBytes(text)
        : EscapedText.FromBytes(text[..MaxShownLength]) + "…";

    private static string GetName(StorePath path)
    {
        if (!path.IsDerivation)
        {
            throw new FormatException($"its name does not end in '{Extension}'");
        }

        string name = path.Name[..^Extension.Length];
        return name.Length > 0 ? name : throw new FormatException($"its name has nothing before '{Extension}'");
    }

    /// <summary>Gets what decides where an output goes. What says nothing to that is not let through, as it would be
    /// hashed.</summary>
    private static OutputKind GetKind(bool hasPath, string method, string hash)
    {
        if (method.Length == 0)
        {
            return hash.Length > 0
                ? throw new FormatException("an output has a hash without an algorithm")
                : hasPath ? OutputKind.InputAddressed : OutputKind.Deferred;
        }

        if (hash is not ("" or ImpureHash))
        {
            return OutputKind.Fixed;
        }

        return hasPath
            ? throw new FormatException("an output has a path although its hash is not known")
            : hash.Length > 0 ? OutputKind.Impure : OutputKind.Floating;
    }

    /// <summary>Nix writes some strings without escapes; two derivations must not be the same text because of it.</summary>
    private static void CheckPlain(ReadOnlySpan<byte> text, string what)
    {
        if (text.ContainsAny("\"\\\n\r\t"u8))
        {
            throw new FormatException($"{what} '{Show(text)}' has characters that need an escape");
        }
    }

    private static StorePath CheckFixedPath(
        StoreDirectory storeDirectory, string name, ReadOnlySpan<byte> fullPath, ContentAddress address)
    {
        StorePath path = storeDirectory.ParsePath(fullPath);
        StorePath expected = address.ComputePath(storeDirectory, name, []);
        return path == expected
            ? path
            : throw new FormatException(
                $"output '{storeDirectory.Join(path)}' does not follow from its hash, "
                + $"which makes '{storeDirectory.Join(expected)}'");
    }

    private static ContentAddressMethod ReadMethod(string method, out HashAlgorithmKind algorithm)
    {
        foreach ((string mark, ContentAddressMethod kind) in (ReadOnlySpan<(string, ContentAddressMethod)>)
            [
                ("r:", ContentAddressMethod.Nar), ("text:", ContentAddressMethod.Text), ("git:", ContentAddressMethod.Git),
            ])
        {
            if (method.StartsWith(mark, StringComparison.Ordinal))
            {
                algorithm = HashAlgorithmNames.Parse(method.AsSpan(mark.Length));
                return kind;
            }
        }

        algorithm = HashAlgorithmNames.Parse(method);
        return ContentAddressMethod.Flat;
    }

    private string GetOutputPathName(string output) => output == DefaultOutputName ? _name : $"{_name}-{output}";

    private void ReadOutputs(ref AtermReader reader, StoreDirectory storeDirectory)
    {
        reader.Expect("D"u8);
        reader.Expect("erive(["u8);
        ReadOnlySpan<byte> last = [];
        HashAlgorithmKind? floating = null;
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            ReadOnlySpan<byte> name = ReadOutputName(ref reader);
            reader.Expect(","u8);
            ReadOnlySpan<byte> fullPath = ReadShort(ref reader, "the path of an output");
            reader.Expect(","u8);
            string method = Encoding.UTF8.GetString(ReadShort(ref reader, "the hash algorithm of an output"));
            reader.Expect(","u8);
            string hash = Encoding.UTF8.GetString(ReadShort(ref reader, "the hash of an output"));
            reader.Expect(")"u8);
            CheckOrder(ref last, name, _outputNames.Count == 0, "output");
            OutputKind kind = GetKind(!fullPath.IsEmpty, method, hash);
            if (_outputNames.Count > 0 && (kind != Kind || kind == OutputKind.Fixed))
            {
                throw new FormatException("its outputs are of several kinds, or more than one has a fixed hash");
            }

            if (_outputNames.Count == MaxOutputCount)
            {
                throw new FormatException($"it has more than {MaxOutputCount} outputs");
            }

            Kind = kind;
            string output = Encoding.ASCII.GetString(name);
            _outputNames.Add(output);
            if (StorePathName.FindFault(Encoding.ASCII.GetBytes(GetOutputPathName(output))) is { } fault)
            {
                throw new FormatException($"output '{output}' can have no path: {fault}");
            }

            switch (kind)
            {
                case OutputKind.Fixed:
                    ReadFixed(storeDirectory, output, fullPath, method, hash);
                    break;
                case OutputKind.InputAddressed:
                    _outputPaths.Add(output, storeDirectory.ParsePath(fullPath));
                    break;
                case OutputKind.Floating:
                    _ = ReadMethod(method, out HashAlgorithmKind algorithm);
                    if (algorithm != (floating ??= algorithm))
                    {
                        throw new FormatException("its outputs are to be hashed with several algorithms");
                    }

                    break;
                case OutputKind.Impure:
                    _ = ReadMethod(method, out _);
                    break;
                case OutputKind.Deferred:
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (_outputNames.Count == 0)
        {
            throw new FormatException("it has no outputs");
        }
    }

    private void ReadFixed(StoreDirectory storeDirectory, string output, ReadOnlySpan<byte> fullPath, string method, string hash)
    {
        if (output != DefaultOutputName)
        {
            throw new FormatException($"its output with a fixed hash is named '{output}' and not '{DefaultOutputName}'");
        }

        ContentAddressMethod kind = ReadMethod(method, out HashAlgorithmKind algorithm);
        ContentAddress address = new(kind, NixHash.ParseDigits(hash, algorithm));
        StorePath path = CheckFixedPath(storeDirectory, GetOutputPathName(output), fullPath, address);
        FixedOutput = $"fixed:out:{method}:{address.Hash.ToBase16()}:{storeDirectory.Join(path)}";
        _outputPaths.Add(output, path);
    }

    private void ReadRest(ref AtermReader reader, StoreDirectory storeDirectory)
    {
        reader.Expect(",["u8);
        ReadOnlySpan<byte> last = [];
        bool first = true;
        bool wasFirst = first;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            ReadPath(ref reader, storeDirectory, ref last, wasFirst);
            wasFirst = first;
            reader.Expect(",["u8);
            bool firstName = true;
            while (reader.NextItem(ref firstName))
            {
                ReadOutputName(ref reader);
            }

            reader.Expect(")"u8);
        }

        reader.Expect(",["u8);
        first = wasFirst = true;
        while (reader.NextItem(ref first))
        {
            ReadPath(ref reader, storeDirectory, ref last, wasFirst);
            wasFirst = first;
        }

        reader.Expect(","u8);
        CheckPlain(reader.ReadString().Decode(), "platform");
        reader.Expect(","u8);
        reader.ReadString();
        reader.Expect(","u8);
        reader.SkipStrings();
        reader.Expect(",["u8);
        first = wasFirst = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            ReadOnlySpan<byte> name = reader.ReadString().Decode();
            CheckOrder(ref last, name, wasFirst, "variable");
            wasFirst = first;
            reader.Expect(","u8);
            NoteVariable(storeDirectory, name, reader.ReadString());
            reader.Expect(")"u8);
        }

        reader.Expect(")"u8);
    }

    private static void ReadPath(
        scoped ref AtermReader reader, StoreDirectory storeDirectory, ref ReadOnlySpan<byte> last, bool first)
    {
        ReadOnlySpan<byte> path = ReadShort(ref reader, "the path of an input");
        storeDirectory.ParsePath(path);
        CheckOrder(ref last, path[(path.LastIndexOf((byte)'/') + 1)..], first, "input");
    }

    private void NoteVariable(StoreDirectory storeDirectory, ReadOnlySpan<byte> name, AtermString value)
    {
        if (name.Length <= StorePathName.MaxLength
            && _outputPaths.TryGetValue(Encoding.Latin1.GetString(name), out StorePath? path)
            && value.Decode().SequenceEqual(Encoding.UTF8.GetBytes(storeDirectory.Join(path))))
        {
            _rightVariables.Add(Encoding.Latin1.GetString(name));
        }
    }
}
