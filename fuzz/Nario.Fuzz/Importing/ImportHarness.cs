using Nario.Codec;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;

namespace Nario.Fuzz.Importing;

/// <summary>Importing a nario into a store.</summary>
internal sealed class ImportHarness : IHarness
{
    private const int PipeMark = 1;
    private const int CheckMark = 2;
    private const int TwiceMark = 4;

    private readonly Lazy<ChrootStore> _store = new(MakeStore);

    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public string Description => "imports a nario from a file or a pipe; the store is whole after it, and nothing else has changed";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        int marks = input[0];
        byte[] nario = input[1..].ToArray();
        ChrootStore store = _store.Value;
        store.Reset();
        Exception? error = Import(store, nario, marks);
        IReadOnlyList<ValidPathInfo> infos = store.Check();
        if ((marks & TwiceMark) != 0)
        {
            Exception? second = Import(store, nario, marks ^ PipeMark);
            FindingException.Unless(
                second is null || error is not null, $"a nario is imported once and refused the second time: {second?.Message}");
            FindingException.Unless(
                store.Check().Count >= infos.Count, "a second import of the same nario takes paths away");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) =>
        samples.Narios.SelectMany(
            static _ => (byte[])[0, PipeMark, CheckMark | TwiceMark],
            static (nario, marks) => (byte[])[marks, .. nario]);

    private static Exception? Import(ChrootStore store, byte[] nario, int marks)
    {
        using Stream input = (marks & PipeMark) != 0 ? new ChunkStream(nario, []) : new MemoryStream(nario);
        Exception? error = store.Import(input, (marks & CheckMark) != 0);
        switch (error)
        {
            case NarioFormatException format:
                Refusal.Check(format, nario.Length);
                break;
            case StoreException said:
                Refusal.Check(said);
                break;
        }

        return error;
    }

    private static ChrootStore MakeStore()
    {
        ChrootStore store = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Dispose();
        return store;
    }
}
