using System.Collections.ObjectModel;
using System.Text;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>What registering a derivation needs of it: the store paths of its outputs.</summary>
/// <remarks>
/// A derivation is the text
/// <c>Derive([OUTPUTS],[INPUT DERIVATIONS],[INPUT SOURCES],PLATFORM,BUILDER,[ARGUMENTS],[ENVIRONMENT])</c>.
/// All of it is checked to be well-formed; what comes after it is not looked at, as with Nix.
/// </remarks>
public sealed class Derivation
{
    /// <summary>How many bytes a derivation has at most; a limit of this library, many times what builds need.</summary>
    public const int MaxByteLength = 16 * 1024 * 1024;

    internal static readonly string TooLong = $"it is longer than {MaxByteLength} bytes";

    private const string Extension = ".drv";

    private const string DefaultOutputName = "out";

    private const string ImpureHash = "impure";

    private Derivation(SortedDictionary<string, StorePath> outputPaths) =>
        OutputPaths = new ReadOnlyDictionary<string, StorePath>(outputPaths);

    /// <summary>Gets the store path of each output, by name. An output whose path is known only when it is built is
    /// left out.</summary>
    public IReadOnlyDictionary<string, StorePath> OutputPaths { get; }

    /// <summary>Reads a derivation.</summary>
    /// <param name="storeDirectory">The directory of the store, which the paths in the text start with.</param>
    /// <param name="path">The path of the derivation, which gives it its name.</param>
    /// <param name="text">The contents of the file, at most <see cref="MaxByteLength"/>.</param>
    /// <returns>The derivation.</returns>
    /// <exception cref="DerivationException">It is not a derivation, is too long, has an output path that is not a store
    /// path, or an output with a fixed hash whose path does not follow from that hash.</exception>
    public static Derivation Parse(StoreDirectory storeDirectory, StorePath path, ReadOnlySpan<byte> text)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (text.Length > MaxByteLength)
            {
                throw new FormatException(TooLong);
            }

            return new Derivation(ReadOutputs(storeDirectory, GetName(path), text));
        }
        catch (Exception e) when (e is FormatException or StoreException)
        {
            throw new DerivationException(storeDirectory.Join(path), e.Message, e);
        }
    }

    private static string GetName(StorePath path) =>
        path.IsDerivation
            ? path.Name[..^Extension.Length]
            : throw new FormatException($"its name does not end in '{Extension}'");

    private static SortedDictionary<string, StorePath> ReadOutputs(
        StoreDirectory storeDirectory, string name, ReadOnlySpan<byte> text)
    {
        AtermReader reader = new(text);
        reader.Expect("D"u8);
        reader.Expect("erive(["u8);
        SortedDictionary<string, StorePath> outputs = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
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
            if (!names.Add(outputName))
            {
                throw new FormatException($"output '{outputName}' is there twice");
            }

            if (method.Length > 0 && hash is not ("" or ImpureHash))
            {
                string outputPathName = outputName == DefaultOutputName ? name : $"{name}-{outputName}";
                outputs.Add(outputName, CheckFixedPath(storeDirectory, outputPathName, fullPath, method, hash));
            }
            else if (fullPath.Length > 0)
            {
                outputs.Add(outputName, storeDirectory.ParsePath(fullPath));
            }
        }

        CheckRest(ref reader, storeDirectory);
        return outputs;
    }

    private static string ReadOutputName(ref AtermReader reader)
    {
        byte[] name = reader.ReadString();
        return StorePathName.FindFault(name) is { } fault
            ? throw new FormatException($"the name of an output: {fault}")
            : Encoding.ASCII.GetString(name);
    }

    private static StorePath CheckFixedPath(
        StoreDirectory storeDirectory, string name, byte[] fullPath, string method, string hash)
    {
        StorePath path = storeDirectory.ParsePath(fullPath);
        StorePath expected = ReadFixedAddress(method, hash).ComputePath(storeDirectory, name, []);
        return path == expected
            ? path
            : throw new FormatException(
                $"output '{storeDirectory.Join(path)}' does not follow from its hash, "
                + $"which makes '{storeDirectory.Join(expected)}'");
    }

    private static ContentAddress ReadFixedAddress(string method, string hash)
    {
        const string NarMark = "r:";
        const string TextMark = "text:";
        bool isNar = method.StartsWith(NarMark, StringComparison.Ordinal);
        bool isText = method.StartsWith(TextMark, StringComparison.Ordinal);
        string algorithm = isNar ? method[NarMark.Length..] : isText ? method[TextMark.Length..] : method;
        return new ContentAddress(
            isNar ? ContentAddressMethod.Nar : isText ? ContentAddressMethod.Text : ContentAddressMethod.Flat,
            NixHash.ParseDigits(hash, HashAlgorithmNames.Parse(algorithm)));
    }

    private static void CheckRest(ref AtermReader reader, StoreDirectory storeDirectory)
    {
        reader.Expect(",["u8);
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            storeDirectory.ParsePath(reader.ReadString());
            reader.Expect(","u8);
            reader.SkipStrings();
            reader.Expect(")"u8);
        }

        reader.Expect(",["u8);
        first = true;
        while (reader.NextItem(ref first))
        {
            storeDirectory.ParsePath(reader.ReadString());
        }

        reader.Expect(","u8);
        reader.SkipString();
        reader.Expect(","u8);
        reader.SkipString();
        reader.Expect(","u8);
        reader.SkipStrings();
        reader.Expect(",["u8);
        first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            reader.SkipString();
            reader.Expect(","u8);
            reader.SkipString();
            reader.Expect(")"u8);
        }

        reader.Expect(")"u8);
    }
}
