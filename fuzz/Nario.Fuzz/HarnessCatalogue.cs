using Nario.Fuzz.Bending;
using Nario.Fuzz.Exporting;
using Nario.Fuzz.Flakes;
using Nario.Fuzz.Importing;
using Nario.Fuzz.Listing;
using Nario.Fuzz.Reading;
using Nario.Fuzz.Rules;
using Nario.Fuzz.Specifications;
using Nario.Fuzz.Text;
using Nario.Fuzz.Trees;

namespace Nario.Fuzz;

/// <summary>All harnesses.</summary>
internal static class HarnessCatalogue
{
    /// <summary>Gets the harnesses, readers first.</summary>
    public static IReadOnlyList<IHarness> All { get; } =
    [
        new NarHarness(),
        new NarioHarness(),
        new RulesHarness(),
        new ChunksHarness(),
        new SkipHarness(),
        new RoundTripHarness(),
        new ViewsHarness(),
        new CursorHarness(),
        new PushHarness(),
        new NarioStreamHarness(),
        new NarTreeHarness(),
        new NarioTreeHarness(),
        new WriterCallsHarness(),
        new BentHarness(),
        new InfoLimitHarness(),
        new PathInfoHarness(),
        new StorePathHarness(),
        new HashHarness(),
        new SignatureHarness(),
        new ContentAddressHarness(),
        new ConfigurationHarness(),
        new StoreLocationHarness(),
        new DerivationHarness(),
        new ImportHarness(),
        new ImportWaysHarness(),
        new ListHarness(),
        new ExportHarness(),
        new FlakeReferenceHarness(),
        new ArchiveHarness(),
        new SpecificationHarness(),
        new EmissionHarness(),
    ];

    /// <summary>Gets a harness by its name; null when there is none.</summary>
    public static IHarness? Find(string name) => All.FirstOrDefault(harness => harness.Name == name);
}
