using System.Security.Cryptography;
using System.Text;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>Hashes a derivation as it would be written with something else in the place of its inputs and outputs.</summary>
/// <remarks>One derivation after another; not thread-safe.</remarks>
/// <param name="storeDirectory">The directory of the store.</param>
internal sealed class DerivationText(StoreDirectory storeDirectory) : IDisposable
{
    private static readonly NixHash Impure =
        new(HashAlgorithmKind.Sha256, SHA256.HashData(Encoding.ASCII.GetBytes("impure")));

    private static readonly string[] OnlyOut = ["out"];

    private readonly StreamingHash _hash = new(HashAlgorithmKind.Sha256);

    /// <summary>Hashes a derivation.</summary>
    /// <param name="derivation">The derivation.</param>
    /// <param name="masksOutputs">Whether the paths of outputs are left out, which are to follow from the hash.</param>
    /// <param name="getFacts">Gets what is known of something that it builds from, computed with its outputs.</param>
    /// <returns>What is known of it.</returns>
    /// <exception cref="FormatException">It wants an output that something has not.</exception>
    public InputFacts Hash(Derivation derivation, bool masksOutputs, Func<StorePath, InputFacts> getFacts)
    {
        string[] outputs = derivation.OutputNames.SequenceEqual(OnlyOut) ? OnlyOut : [.. derivation.OutputNames];
        if (derivation.FixedOutput is { } output)
        {
            NixHash hash = new(HashAlgorithmKind.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(output)));
            return new InputFacts(hash, IsDeferred: false, outputs);
        }

        if (derivation.Kind == OutputKind.Impure)
        {
            return new InputFacts(Impure, IsDeferred: true, outputs);
        }

        SortedDictionary<string, SortedSet<string>> inputs =
            ReadInputs(derivation, getFacts, out bool isAnyDeferred);
        AtermReader reader = new(derivation.Text.Span);
        WriteOutputs(ref reader, masksOutputs);
        WriteInputs(inputs);
        SkipInputs(ref reader);
        WriteSources(ref reader);
        WriteBuilder(ref reader);
        WriteEnvironment(ref reader, masksOutputs ? outputs : []);
        return new InputFacts(_hash.Finish(), isAnyDeferred || derivation.Kind == OutputKind.Floating, outputs);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    /// <summary>Reads what is wanted of what. Inputs of one hash are as good as one; they come in the order of the hashes.</summary>
    private SortedDictionary<string, SortedSet<string>> ReadInputs(
        Derivation derivation, Func<StorePath, InputFacts> getFacts, out bool isAnyDeferred)
    {
        SortedDictionary<string, SortedSet<string>> inputs = new(StringComparer.Ordinal);
        AtermReader reader = derivation.ReadInputs();
        isAnyDeferred = false;
        bool first = true;
        while (reader.NextItem(ref first))
        {
            reader.Expect("("u8);
            StorePath path = storeDirectory.ParsePath(reader.ReadString().Decode());
            InputFacts facts = getFacts(path);
            isAnyDeferred |= facts.IsDeferred;
            reader.Expect(",["u8);
            string? hash = null;
            bool firstName = true;
            while (reader.NextItem(ref firstName))
            {
                string wanted = Encoding.ASCII.GetString(reader.ReadString().Decode());
                int index = Array.BinarySearch(facts.Outputs, wanted, StringComparer.Ordinal);
                if (index < 0)
                {
                    throw new FormatException($"it wants output '{wanted}' of '{storeDirectory.Join(path)}', which has none");
                }

                hash ??= facts.Hash.ToBase16();
                if (!inputs.TryGetValue(hash, out SortedSet<string>? outputs))
                {
                    inputs.Add(hash, outputs = new SortedSet<string>(StringComparer.Ordinal));
                }

                outputs.Add(facts.Outputs[index]);
            }

            reader.Expect(")"u8);
        }

        return inputs;
    }

    private void WriteOutputs(ref AtermReader reader, bool masksOutputs)
    {
        Copy(ref reader, "Derive(["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            Copy(ref reader, "("u8);
            WritePlain(reader.ReadString().Decode());
            Copy(ref reader, ","u8);
            ReadOnlySpan<byte> path = reader.ReadString().Decode();
            WritePlain(masksOutputs ? [] : path);
            for (int field = 0; field < 2; field++)
            {
                Copy(ref reader, ","u8);
                WritePlain(reader.ReadString().Decode());
            }

            Copy(ref reader, ")"u8);
        }
    }

    private void WriteInputs(SortedDictionary<string, SortedSet<string>> inputs)
    {
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
            reader.ReadString();
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
            WritePlain(reader.ReadString().Decode());
        }
    }

    private void WriteBuilder(ref AtermReader reader)
    {
        Copy(ref reader, ","u8);
        WritePlain(reader.ReadString().Decode());
        Copy(ref reader, ","u8);
        WriteEscaped(reader.ReadString());
        Copy(ref reader, ",["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            WriteEscaped(reader.ReadString());
        }
    }

    private void WriteEnvironment(ref AtermReader reader, string[] masked)
    {
        Copy(ref reader, ",["u8);
        bool first = true;
        while (CopyItem(ref reader, ref first))
        {
            Copy(ref reader, "("u8);
            AtermString name = reader.ReadString();
            WriteEscaped(name);
            Copy(ref reader, ","u8);
            AtermString value = reader.ReadString();
            WriteEscaped(Contains(masked, name.Decode()) ? default : value);
            Copy(ref reader, ")"u8);
        }

        Copy(ref reader, ")"u8);
    }

    private static bool Contains(string[] names, ReadOnlySpan<byte> name) =>
        name.Length <= StorePathName.MaxLength
        && Array.BinarySearch(names, Encoding.Latin1.GetString(name), StringComparer.Ordinal) >= 0;

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

    private void WriteEscaped(AtermString text)
    {
        Write("\""u8);
        text.AppendTo(_hash);
        Write("\""u8);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _hash.Append(bytes);
}
