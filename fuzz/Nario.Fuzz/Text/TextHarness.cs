using System.Text;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;

namespace Nario.Fuzz.Text;

/// <summary>A harness for text: the input is handed over as UTF-8 and as Latin-1, as the readers hand theirs over.</summary>
internal abstract class TextHarness : IHarness
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        Try(Encoding.UTF8.GetString(input));
        if (!Ascii.IsValid(input))
        {
            Try(Encoding.Latin1.GetString(input));
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => GetTexts(samples).Select(Encoding.UTF8.GetBytes);

    /// <summary>Gets texts to begin with.</summary>
    protected abstract IEnumerable<string> GetTexts(Samples samples);

    /// <summary>Reads a text; it may be refused with a <see cref="StoreException"/>.</summary>
    protected abstract void Read(string text);

    private void Try(string text)
    {
        try
        {
            Read(text);
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
        }
    }
}
