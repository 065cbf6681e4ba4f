using Nario.Fuzz.Reading;
using Nario.Fuzz.Seeds;
using Nario.Store;

namespace Nario.Fuzz.Importing;

/// <summary>Importing from a file against importing from a pipe.</summary>
internal sealed class ImportWaysHarness : IHarness
{
    private readonly Lazy<ChrootStore> _store = new(MakeStore);

    /// <inheritdoc/>
    public string Name => "import-ways";

    /// <inheritdoc/>
    public string Description => "imports a nario from a file and from a pipe: the same verdict and the same paths";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] nario = input.ToArray();
        using MemoryStream file = new(nario);
        using ChunkStream pipe = new(nario, nario.Length == 0 ? [] : [nario[^1]]);
        string fromFile = Import(file, out bool isFileAccepted);
        string fromPipe = Import(pipe, out bool isPipeAccepted);
        FindingException.Unless(isFileAccepted == isPipeAccepted, "file and pipe do not agree on whether a nario is valid");
        FindingException.Unless(fromFile == fromPipe, $"the file gives {fromFile}, and the pipe {fromPipe}");
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Narios;

    private static string Describe(ValidPathInfo info) =>
        $"{info.Path} {info.NarHash} {info.NarSize} {info.Deriver} {info.ContentAddress} [{string.Join(' ', info.References)}]";

    private static ChrootStore MakeStore()
    {
        ChrootStore store = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Dispose();
        return store;
    }

    private string Import(Stream input, out bool isAccepted)
    {
        ChrootStore store = _store.Value;
        store.Reset();
        isAccepted = store.Import(input, checksSignatures: false) is null;
        return string.Join("; ", store.Check().Select(Describe));
    }
}
