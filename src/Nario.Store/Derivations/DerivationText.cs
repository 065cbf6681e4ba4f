using System.Security.Cryptography;
using System.Text;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>Hashes a derivation as it would be written with something else in the place of its inputs and outputs.</summary>
/// <remarks>One derivation after another; not thread-safe.</remarks>
internal sealed class DerivationText : IDisposable
{
    private static readonly NixHash Impure =
        new(HashAlgorithmKind.Sha256, SHA256.HashData(Encoding.ASCII.GetBytes("impure")));

    private readonly StreamingHash _hash = new(HashAlgorithmKind.Sha256);

    /// <summary>Hashes a derivation.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="masksOutputs">Whether the paths of outputs are left out, which are to follow from the hash.</param>
    /// <param name="getInputHash">Gets the hash of an input, computed with its outputs.</param>
    /// <returns>A SHA-256.</returns>
    public NixHash Hash(Derivation derivation, bool masksOutputs, Func<StorePath, NixHash> getInputHash)
    {
        if (derivation.FixedOutput is { } output)
        {
            return new NixHash(HashAlgorithmKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(output)));
        }

        if (derivation.Kind == OutputKind.Impure)
        {
            return Impure;
        }

        AtermReader reader = new(derivation.Text.Span);
        HashSet<string> outputs = WriteOutputs(ref reader, masksOutputs);
        WriteInputs(derivation, getInputHash);
        SkipInputs(ref reader);
        WriteSources(ref reader);
        WriteBuilder(ref reader);
        WriteEnvironment(ref reader, masksOutputs ? outputs : []);
        return _hash.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private HashSet<string> WriteOutputs(ref AtermReader reader, bool masksOutputs)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Copy(ref reader, "Derive(["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            Copy(ref reader, "("u8);
            byte[] name = reader.ReadString();
            names.Add(Encoding.Latin1.GetString(name));
            WritePlain(name);
            Copy(ref reader, ","u8);
            byte[] path = reader.ReadString();
            WritePlain(masksOutputs ? [] : path);
            for (int field = 0; field < 2; field++)
            {
                Copy(ref reader, ","u8);
                WritePlain(reader.ReadString());
            }

            Copy(ref reader, ")"u8);
        }

        return names;
    }

    /// <summary>Inputs of one hash are as good as one; they come in the order of the hashes.</summary>
    private void WriteInputs(Derivation derivation, Func<StorePath, NixHash> getInputHash)
    {
        SortedDictionary<string, SortedSet<string>> inputs = new(StringComparer.Ordinal);
        foreach ((StorePath path, IReadOnlyList<string> wanted) in derivation.Inputs)
        {
            if (wanted.Count == 0)
            {
                continue;
            }

            string hash = getInputHash(path).ToBase16();
            if (!inputs.TryGetValue(hash, out SortedSet<string>? outputs))
            {
                inputs.Add(hash, outputs = new SortedSet<string>(StringComparer.Ordinal));
            }

            outputs.UnionWith(wanted);
        }

        Write(",["u8);
        bool first = true;
        foreach ((string hash, SortedSet<string> outputs) in inputs)
        {
            WriteSeparator(ref first);
            Write("("u8);
            WritePlain(Encoding.Latin1.GetBytes(hash));
            Write(",["u8);
            bool firstOutput = true;
            foreach (string output in outputs)
            {
                WriteSeparator(ref firstOutput);
                WritePlain(Encoding.Latin1.GetBytes(output));
            }

            Write("])"u8);
        }

        Write("]"u8);
    }

    private static void SkipInputs(ref AtermReader reader)
    {
        reader.Expect(",["u8);
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            reader.SkipString();
            reader.Expect(","u8);
            reader.SkipStrings();
            reader.Expect(")"u8);
        }
    }

    private void WriteSources(ref AtermReader reader)
    {
        Copy(ref reader, ",["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            WritePlain(reader.ReadString());
        }
    }

    private void WriteBuilder(ref AtermReader reader)
    {
        Copy(ref reader, ","u8);
        WritePlain(reader.ReadString());
        Copy(ref reader, ","u8);
        WriteEscaped(reader.ReadString());
        Copy(ref reader, ",["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            WriteEscaped(reader.ReadString());
        }
    }

    private void WriteEnvironment(ref AtermReader reader, HashSet<string> masked)
    {
        Copy(ref reader, ",["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            Copy(ref reader, "("u8);
            byte[] name = reader.ReadString();
            WriteEscaped(name);
            Copy(ref reader, ","u8);
            byte[] value = reader.ReadString();
            WriteEscaped(masked.Contains(Encoding.Latin1.GetString(name)) ? [] : value);
            Copy(ref reader, ")"u8);
        }

        Copy(ref reader, ")"u8);
    }

    private void Copy(ref AtermReader reader, ReadOnlySpan<byte> token)
    {
        reader.Expect(token);
        Write(token);
    }

    private bool CopyItem(ref AtermReader reader, ref bool first)
    {
        bool isFirst = first;
        bool isItem = reader.NextItem(ref first);
        Write(!isItem ? "]"u8 : isFirst ? [] : ","u8);
        return isItem;
    }

    private void WriteSeparator(ref bool first)
    {
        if (!first)
        {
            Write(","u8);
        }

        first = false;
    }

    /// <summary>Writes what can have nothing to escape, as Nix does.</summary>
    private void WritePlain(ReadOnlySpan<byte> text)
    {
        Write("\""u8);
        Write(text);
        Write("\""u8);
    }

    private void WriteEscaped(ReadOnlySpan<byte> text)
    {
        Write("\""u8);
        int end;
        while ((end = text.IndexOfAny("\"\\\n\r\t"u8)) >= 0)
        {
            Write(text[..end]);
            Write(text[end] switch
            {
                (byte)'\n' => "\\n"u8,
                (byte)'\r' => "\\r"u8,
                (byte)'\t' => "\\t"u8,
                (byte)'"' => "\\\""u8,
                _ => "\\\\"u8,
            });
            text = text[(end + 1)..];
        }

        Write(text);
        Write("\""u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);
}
