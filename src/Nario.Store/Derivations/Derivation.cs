using System.Collections.ObjectModel;
using System.Text;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>What registering a derivation needs of it: the store paths of its outputs, and what they follow from.</summary>
/// <remarks>
/// A derivation is the text
/// <c>Derive([OUTPUTS],[INPUT DERIVATIONS],[INPUT SOURCES],PLATFORM,BUILDER,[ARGUMENTS],[ENVIRONMENT])</c>.
/// All of it is checked to be well-formed and in order; what comes after it is not looked at, as with Nix.
/// </remarks>
public sealed class Derivation
{
    /// <summary>How many bytes a derivation has at most; a limit of this library, many times what builds need.</summary>
    public const int MaxByteLength = 16 * 1024 * 1024;

    internal static readonly string TooLong = $"it is longer than {MaxByteLength} bytes";

    private const string Extension = ".drv";

    private const string DefaultOutputName = "out";

    private const string ImpureHash = "impure";

    private readonly string _name;

    private readonly SortedDictionary<string, StorePath> _outputPaths = new(StringComparer.Ordinal);

    private readonly SortedDictionary<StorePath, IReadOnlyList<string>> _inputs = [];

    private readonly Dictionary<string, string> _outputVariables = new(StringComparer.Ordinal);

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

    /// <summary>Gets the derivations that it builds from, each with the outputs that it wants of it.</summary>
    internal IReadOnlyDictionary<StorePath, IReadOnlyList<string>> Inputs => _inputs;

    /// <summary>Gets what the builder is told of the outputs in <see cref="OutputPaths"/>: the variables of their
    /// names, as far as there are any.</summary>
    internal IReadOnlyDictionary<string, string> OutputVariables => _outputVariables;

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
    /// <exception cref="DerivationException">It is not a derivation, is too long, has lists that are not in order, an
    /// output path that is not a store path, or an output with a fixed hash whose path does not follow from that
    /// hash.</exception>
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
            derivation.Read(storeDirectory);
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

    private static string GetName(StorePath path) =>
        path.IsDerivation
            ? path.Name[..^Extension.Length]
            : throw new FormatException($"its name does not end in '{Extension}'");

    private string GetOutputPathName(string output) => output == DefaultOutputName ? _name : $"{_name}-{output}";

    private void Read(StoreDirectory storeDirectory)
    {
        AtermReader reader = new(Text.Span);
        reader.Expect("D"u8);
        reader.Expect("erive(["u8);
        string? last = null;
        bool isFirst = true;
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            string outputName = ReadOutputName(ref reader);
            reader.Expect(","u8);
            byte[] fullPath = reader.ReadString();
            reader.Expect(","u8);
            string method = Encoding.UTF8.GetString(reader.ReadString());
            reader.Expect(","u8);
            string hash = Encoding.UTF8.GetString(reader.ReadString());
            reader.Expect(")"u8);
            CheckOrder(ref last, outputName, "output");
            OutputKind kind = GetKind(fullPath, method, hash);
            if (!isFirst && (kind != Kind || kind == OutputKind.Fixed))
            {
                throw new FormatException("its outputs are of several kinds, or more than one has a fixed hash");
            }

            isFirst = false;
            Kind = kind;
            switch (kind)
            {
                case OutputKind.Fixed:
                    ContentAddress address = ReadFixedAddress(method, hash);
                    StorePath path = CheckFixedPath(storeDirectory, GetOutputPathName(outputName), fullPath, address);
                    FixedOutput = $"fixed:out:{method}:{address.Hash.ToBase16()}:{storeDirectory.Join(path)}";
                    _outputPaths.Add(outputName, path);
                    break;
                case OutputKind.InputAddressed:
                    _outputPaths.Add(outputName, storeDirectory.ParsePath(fullPath));
                    break;
            }
        }

        ReadRest(ref reader, storeDirectory);
    }

    /// <summary>Gets what decides where an output goes. What says nothing to that is not let through, as it would be
    /// hashed.</summary>
    private static OutputKind GetKind(byte[] fullPath, string method, string hash)
    {
        if (method.Length == 0)
        {
            return hash.Length > 0
                ? throw new FormatException("an output has a hash without an algorithm")
                : fullPath.Length > 0 ? OutputKind.InputAddressed : OutputKind.Deferred;
        }

        if (hash is not ("" or ImpureHash))
        {
            return OutputKind.Fixed;
        }

        _ = ReadMethod(method, out _);
        return fullPath.Length > 0
            ? throw new FormatException("an output has a path although its hash is not known")
            : hash.Length > 0 ? OutputKind.Impure : OutputKind.Floating;
    }

    /// <summary>Lists come in ascending order: so writes them all that writes derivations, and so they are hashed.</summary>
    private static void CheckOrder(ref string? last, string current, string what)
    {
        int order = string.CompareOrdinal(last, current);
        if (order >= 0)
        {
            throw new FormatException(
                $"{what} '{EscapedText.FromText(current)}' is there twice, or comes after '{EscapedText.FromText(last)}'");
        }

        last = current;
    }

    private static string ReadOutputName(ref AtermReader reader)
    {
        byte[] name = reader.ReadString();
        return StorePathName.FindFault(name) is { } fault
            ? throw new FormatException($"the name of an output: {fault}")
            : Encoding.ASCII.GetString(name);
    }

    private static List<string> ReadOutputNames(ref AtermReader reader)
    {
        List<string> names = [];
        reader.Expect("["u8);
        bool first = true;
        while (reader.NextItem(ref first))
        {
            names.Add(ReadOutputName(ref reader));
        }

        return names;
    }

    /// <summary>Nix writes some strings without escapes; two derivations must not be the same text because of it.</summary>
    private static void CheckPlain(ReadOnlySpan<byte> text, string what)
    {
        if (text.ContainsAny("\"\\\n\r\t"u8))
        {
            throw new FormatException($"{what} '{EscapedText.FromBytes(text)}' has characters that need an escape");
        }
    }

    private static StorePath CheckFixedPath(
        StoreDirectory storeDirectory, string name, byte[] fullPath, ContentAddress address)
    {
        StorePath path = storeDirectory.ParsePath(fullPath);
        StorePath expected = address.ComputePath(storeDirectory, name, []);
        return path == expected
            ? path
            : throw new FormatException(
                $"output '{storeDirectory.Join(path)}' does not follow from its hash, "
                + $"which makes '{storeDirectory.Join(expected)}'");
    }

    private static ContentAddress ReadFixedAddress(string method, string hash)
    {
        ContentAddressMethod kind = ReadMethod(method, out HashAlgorithmKind algorithm);
        return new ContentAddress(kind, NixHash.ParseDigits(hash, algorithm));
    }

    private static ContentAddressMethod ReadMethod(string method, out HashAlgorithmKind algorithm)
    {
        const string NarMark = "r:";
        const string TextMark = "text:";
        bool isNar = method.StartsWith(NarMark, StringComparison.Ordinal);
        bool isText = method.StartsWith(TextMark, StringComparison.Ordinal);
        algorithm = HashAlgorithmNames.Parse(isNar ? method[NarMark.Length..] : isText ? method[TextMark.Length..] : method);
        return isNar ? ContentAddressMethod.Nar : isText ? ContentAddressMethod.Text : ContentAddressMethod.Flat;
    }

    private void ReadRest(ref AtermReader reader, StoreDirectory storeDirectory)
    {
        reader.Expect(",["u8);
        string? last = null;
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            StorePath input = storeDirectory.ParsePath(reader.ReadString());
            reader.Expect(","u8);
            _inputs[input] = ReadOutputNames(ref reader);
            reader.Expect(")"u8);
            CheckOrder(ref last, input.BaseName, "input");
        }

        reader.Expect(",["u8);
        last = null;
        first = true;
        while (reader.NextItem(ref first))
        {
            CheckOrder(ref last, storeDirectory.ParsePath(reader.ReadString()).BaseName, "input");
        }

        reader.Expect(","u8);
        CheckPlain(reader.ReadString(), "platform");
        reader.Expect(","u8);
        reader.SkipString();
        reader.Expect(","u8);
        reader.SkipStrings();
        reader.Expect(",["u8);
        last = null;
        first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            string name = Encoding.Latin1.GetString(reader.ReadString());
            CheckOrder(ref last, name, "variable");
            reader.Expect(","u8);
            if (_outputPaths.ContainsKey(name))
            {
                _outputVariables[name] = Encoding.UTF8.GetString(reader.ReadString());
            }
            else
            {
                reader.SkipString();
            }

            reader.Expect(")"u8);
        }

        reader.Expect(")"u8);
    }
}
