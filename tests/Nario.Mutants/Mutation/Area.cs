namespace Nario.Mutants.Mutation;

/// <summary>A part of the code that is mutated.</summary>
/// <param name="Name">Its name on the command line and in reports.</param>
/// <param name="Files">Its files below <c>src</c>; generated ones by their folder <see cref="GeneratedFolder"/>.</param>
internal sealed record Area(string Name, IReadOnlyList<string> Files)
{
    /// <summary>The folder that stands for what the generator emits for <c>Nario.Codec</c>.</summary>
    public const string GeneratedFolder = "Nario.Codec/generated";

    private const string Local = "Nario.Store/Local";

    /// <summary>Gets all areas.</summary>
    public static IReadOnlyList<Area> All { get; } =
    [
        new("reader",
        [
            .. Below(
                GeneratedFolder,
                "KsySupport.g", "Nar.g", "NarReader.g", "NarState.g", "NarioV1.g", "NarioV1Reader.g", "NarioV1State.g",
                "NarioV2.g", "NarioV2Reader.g", "NarioV2State.g", "NixWire.g"),
        ]),
        new("codec",
        [
            .. Below(
                "Nario.Codec",
                "Blocks/BlockReader", "Blocks/BlockRing", "ForeignFormat", "NarContentsStream", "NarCursor",
                "NarPushReader", "NarSinkCalls", "NarioReader", "NarioVersion", "Versions/Version1Reader",
                "Versions/Version2Reader", "Versions/VersionReader"),
        ]),
        new("trust",
        [
            .. Below(
                "Nario.Store",
                "Derivations/AtermReader", "Derivations/AtermString", "Derivations/Derivation", "Derivations/DerivationText",
                "Derivations/OutputCheck",
                "Import/ContentProof", "Import/NarioImporter", "Import/SeenPaths", "Pipeline/HashStage", "Pipeline/NarHasher",
                "Pipeline/ImportPipeline", "Pipeline/PathInfoMapping", "Pipeline/RestoreStage", "Pipeline/Worker",
                "Hashes/Base64Text", "Hashes/ContentAddress", "Hashes/HashModulo", "Hashes/Nix32", "Hashes/NixHash",
                "Hashes/PositionList",
                "Paths/StoreDirectory", "Paths/StorePath", "Paths/StorePathName", "Signatures/Fingerprint",
                "Signatures/KeyFormat", "Signatures/KeyText", "Signatures/PublicKey", "Signatures/Signature",
                "Signatures/TrustedKeys", "Signatures/Verifier", "Hashes/StreamingHash",
                "ValidPathInfo"),
        ]),
        new("restore",
        [
            .. Below(
                Local,
                "AdditionWorkspace", "LeftOvers", "LocalPathAddition", "LocalStore", "Database/DerivationFile", "Locks/LockFile",
                "Locks/PathLock", "Trees/CanonicalMetadata", "Trees/StagingDirectory", "Trees/TreeRemover", "Trees/TreeRestorer"),
            .. Below("Nario.Store/Posix", "DirectoryOperations", "EntryName", "ExtendedAttributes"),
        ]),
        new("groups", [.. Below(Local, "Database/PendingRegistrations")]),
    ];

    private static IEnumerable<string> Below(string folder, params string[] names) =>
        names.Select(name => $"{folder}/{name}.cs");
}
