using Nario.Fuzz.Seeds;
using Nario.Fuzz.Verdicts;
using Nario.Store;
using Nario.Store.Derivations;
using Nario.Store.Paths;

namespace Nario.Fuzz.Text;

/// <summary>The text of a derivation.</summary>
internal sealed class DerivationHarness : IHarness
{
    private static readonly StorePath DerivationPath = StorePath.Create(new byte[StorePath.HashByteLength], "name.drv");

    /// <inheritdoc/>
    public string Name => "derivation";

    /// <inheritdoc/>
    public string Description => "reads a derivation: it is refused, or its outputs are store paths";

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            Derivation derivation = Derivation.Parse(StoreDirectory.Default, DerivationPath, input.ToArray());
            foreach ((string name, StorePath path) in derivation.OutputPaths)
            {
                FindingException.Unless(
                    StorePathName.FindFault(System.Text.Encoding.UTF8.GetBytes(name)) is null, "the name of an output is not a name");
                FindingException.Unless(StorePath.Parse(path.BaseName) == path, "an output is not a store path");
            }
        }
        catch (StoreException error)
        {
            Refusal.Check(error);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<byte[]> GetSeeds(Samples samples) => samples.Derivations;
}
