using System.Diagnostics;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;
using Nario.Store.Pipeline;
using Nario.Store.Signatures;

namespace Nario.Store.Import;

/// <summary>Imports a nario into a store, path by path, in bounded memory.</summary>
/// <param name="store">The store.</param>
/// <param name="options">What is demanded of the paths.</param>
/// <param name="log">Takes messages.</param>
public sealed class NarioImporter(IStore store, ImportOptions options, IMessageLog log)
{
    // Of the nario at hand.
    private readonly SeenPaths _seen = new();
    private CancellationToken _cancellation;

    /// <summary>
    /// Gets what the input was opened with: cancelled, on another thread, when a tree cannot be restored or put in place, so
    /// that an input that stalls does not keep the failure back. Null: the failure comes with the next bytes, as it always does
    /// for a path that cannot be registered.
    /// </summary>
    public CancellationTokenSource? Reading { get; init; }

    /// <summary>Gets how many paths the last import has read.</summary>
    public int PathCount { get; private set; }

    /// <summary>Gets how many of them were valid already.</summary>
    public int PresentCount { get; private set; }

    /// <summary>Imports all paths. Each is registered once it is whole; those before an error stay.</summary>
    /// <param name="reader">The nario.</param>
    /// <param name="take">Takes each path in the order of the nario, those that were valid before included; or null.
    /// Should this throw, some that it has taken are not valid.</param>
    /// <param name="cancellation">Ends the work early; paths on their way are dropped.</param>
    /// <exception cref="StoreException">The nario is not valid; or a path is not trusted, does not match what is said of
    /// it, or cannot be added. What is wrong with the nario comes with its place.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public void Import(NarioReader reader, Action<StorePath>? take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _seen.Clear();
        _cancellation = cancellation;
        PathCount = 0;
        PresentCount = 0;
        try
        {
            ImportPipeline.Run(store, pipeline => ReadEntries(reader, pipeline, take, cancellation), Reading, cancellation);
        }
        catch (NarioFormatException error)
        {
            // The stage that restores reads the same bytes, and may have found it first.
            throw EntryError.Locate(error, reader, store.StoreDirectory);
        }
        catch (NarioEntryException error)
        {
            throw EntryError.Locate(error, reader, store.StoreDirectory);
        }
    }

    private void ReadEntries(
        NarioReader reader, ImportPipeline pipeline, Action<StorePath>? take, CancellationToken cancellation)
    {
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            pipeline.Check();
            StorePath path =
                reader.Version.HasInfoFirst ? ImportAfterInfo(reader, pipeline) :
                reader.CanRewindNar ? ImportRewinding(reader, pipeline) :
                ImportBeforeInfo(reader, pipeline);
            PathCount++;
            take?.Invoke(path);
        }
    }

    /// <summary>Imports a path whose info has come already.</summary>
    private StorePath ImportAfterInfo(NarioReader reader, ImportPipeline pipeline)
    {
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(reader.Info!);
        if (Meet(info, pipeline, out bool isRepeated))
        {
            TellOfPresent(info.Path);
            MergeSignatures(info, pipeline);
            if (isRepeated)
            {
                CheckNar(info, pipeline.Hash(reader.Nar));
            }
            else if (NeedsRepair(info.Path))
            {
                Repair(info.Path, pipeline.Restore(reader.Nar, null, Capture(reader, info.Path)).Hash, pipeline);
            }
            else
            {
                // Nothing of it is taken, so nothing of it is read.
                reader.SkipNar();
            }

            return info.Path;
        }

        CheckTrust(info, reader.Version, pipeline);
        CheckReferences(info);
        Tell(info.Path);
        using ContentProof? proof = info.ContentAddress is { IsComputable: true } ? new ContentProof(info) : null;
        CheckNar(info, pipeline.Restore(reader.Nar, proof, Capture(reader, info.Path)));
        CheckProof(proof, info);
        Register(info, reader, pipeline);
        return info.Path;
    }

    /// <summary>Notes a path that the nario speaks of, and keeps it from the collector.</summary>
    /// <returns>Whether it is valid already.</returns>
    private bool Meet(ValidPathInfo info, ImportPipeline pipeline, out bool isRepeated)
    {
        isRepeated = !_seen.Add(info, store.StoreDirectory);
        if (isRepeated)
        {
            // It may be on its way still.
            pipeline.Drain();
        }

        // Before it is looked for, so that what is found stays for those that refer to it.
        store.Protect(info.Path);
        return store.IsValidPath(info.Path);
    }

    /// <summary>Compares a NAR with what is said of it.</summary>
    private void CheckNar(ValidPathInfo info, NarDigest found)
    {
        if (found.Size != info.NarSize)
        {
            throw Mismatch("size", NarioField.NarSize, info.Path, $"{info.NarSize}", $"{found.Size}");
        }

        if (found.Hash != info.NarHash)
        {
            throw Mismatch("hash", NarioField.NarHash, info.Path, $"{info.NarHash}", $"{found.Hash}");
        }
    }

    /// <summary>Imports a path whose info comes after its NAR, from an input that can go back: the NAR is read only if it is wanted.</summary>
    private StorePath ImportRewinding(NarioReader reader, ImportPipeline pipeline)
    {
        ValidPathInfo unread = PathInfoMapping.ToValidPathInfo(reader.ReadInfo(), PathInfoMapping.NoHash);
        StorePath path = unread.Path;
        if (Meet(unread, pipeline, out bool isRepeated))
        {
            TellOfPresent(path);
            if (isRepeated)
            {
                reader.RewindNar();
                CheckRepeated(path, pipeline.Hash(reader.Nar).Hash);
            }
            else if (NeedsRepair(path))
            {
                reader.RewindNar();
                Repair(path, pipeline.Restore(reader.Nar, null, Capture(reader, path)).Hash, pipeline);
            }

            return path;
        }

        if (options.CheckSignatures)
        {
            throw LacksSignature(path, reader.Version, []);
        }

        Tell(path);
        reader.RewindNar();
        (NixHash hash, ulong size) = pipeline.Restore(reader.Nar, null, Capture(reader, path));
        ValidPathInfo info = unread with { NarHash = hash, NarSize = size };
        CheckReferences(info);
        Register(info, reader, pipeline);
        return path;
    }

    /// <summary>Imports a path whose info comes after its NAR, from an input that is read once: the NAR is restored before it is known whether it is wanted.</summary>
    private StorePath ImportBeforeInfo(NarioReader reader, ImportPipeline pipeline)
    {
        (NixHash hash, ulong size) =
            options is { CheckSignatures: true, Repair: false }
                ? pipeline.Hash(reader.Nar)
                : pipeline.Restore(reader.Nar, null, Capture(reader, path: null));
        ValidPathInfo unread = PathInfoMapping.ToValidPathInfo(reader.ReadInfo(), PathInfoMapping.NoHash);
        StorePath path = unread.Path;
        if (Meet(unread, pipeline, out bool isRepeated))
        {
            TellOfPresent(path);
            if (isRepeated)
            {
                CheckRepeated(path, hash);
            }
            else if (NeedsRepair(path))
            {
                Repair(path, hash, pipeline);
                return path;
            }

            pipeline.Drop();
            return path;
        }

        if (options.CheckSignatures)
        {
            throw LacksSignature(path, reader.Version, []);
        }

        Tell(path);
        ValidPathInfo info = unread with { NarHash = hash, NarSize = size };
        CheckReferences(info);
        Register(info, reader, pipeline);
        return path;
    }

    /// <summary>Whether a valid path is to be restored. That it is gone is told where it is not.</summary>
    private bool NeedsRepair(StorePath path)
    {
        if (store.IsIntact(path, options.Repair, _cancellation))
        {
            return false;
        }

        if (options.Repair)
        {
            Write(MessageLevel.Information, path, static path => $"repairing path '{path}'...");
            return true;
        }

        log.Write(
            MessageLevel.Warning,
            $"path '{store.StoreDirectory.Join(path)}' is valid, but gone from the disk; import with --repair to restore it");
        return false;
    }

    /// <summary>Puts a restored tree in the place of a valid path, if it is the one that is registered: no signature says
    /// more.</summary>
    private void Repair(StorePath path, NixHash hash, ImportPipeline pipeline)
    {
        if (store.QueryPathInfo(path) is not { } registered || registered.NarHash != hash)
        {
            throw new NarioEntryException(
                NarioField.Nar,
                $"cannot repair path '{store.StoreDirectory.Join(path)}': the nario has other contents than are registered");
        }

        pipeline.Replace(path);
    }

    /// <summary>Compares the contents of a path that has come before with what is registered.</summary>
    private void CheckRepeated(StorePath path, NixHash hash)
    {
        if (store.QueryPathInfo(path) is { } registered && registered.NarHash != hash)
        {
            throw new NarioEntryException(
                NarioField.Nar,
                $"the nario holds path '{store.StoreDirectory.Join(path)}' twice, and the second time with "
                    + "other contents than are registered");
        }
    }

    /// <summary>Throws when nothing speaks for a path: neither its content address, which is still to be proven, nor somebody who is
    /// trusted.</summary>
    private void CheckTrust(ValidPathInfo info, NarioVersion version, ImportPipeline pipeline)
    {
        bool isAddressed =
            info.ContentAddress?.IsContentAddressed(store.StoreDirectory, info.Path, info.References) ?? false;
        if (info.ContentAddress is not null && !isAddressed)
        {
            const string Claim = "claims to be content-addressed but isn't";
            string path = store.StoreDirectory.Join(info.Path);
            if (IsVouchedFor(info))
            {
                // No store takes it, whoever vouches for it; without that, the lack is what is to be told.
                throw new NarioEntryException(
                    NarioField.ContentAddress, $"cannot add path '{path}' to the Nix store because it {Claim}");
            }

            // No warning of a path that one before it keeps out.
            pipeline.Drain();
            log.Write(MessageLevel.Warning, $"path '{path}' {Claim}");
        }

        if (!(isAddressed && info.ContentAddress!.IsComputable) && !IsVouchedFor(info))
        {
            throw LacksSignature(info.Path, version, info.Signatures);
        }
    }

    private bool IsVouchedFor(ValidPathInfo info) =>
        !options.CheckSignatures || options.TrustedKeys.CountValid(store.StoreDirectory, info) > 0;

    private MissingSignatureException LacksSignature(
        StorePath path, NarioVersion version, IReadOnlyList<Signature> signatures) => new(
            store.StoreDirectory.Join(path),
            version,
            [.. signatures.Select(static signature => signature.KeyName)],
            [.. options.TrustedKeys.Names]);

    /// <summary>References must be valid before a path is; better to know before its NAR is read.</summary>
    private void CheckReferences(ValidPathInfo info)
    {
        foreach (StorePath reference in info.References)
        {
            if (reference != info.Path && !_seen.Contains(reference) && !store.IsValidPath(reference))
            {
                MissingReferenceException missing =
                    new(store.StoreDirectory.Join(info.Path), store.StoreDirectory.Join(reference));
                throw new NarioEntryException(NarioField.References, missing.Message, innerException: missing);
            }
        }
    }

    private void CheckProof(ContentProof? proof, ValidPathInfo info)
    {
        if (proof is null)
        {
            return;
        }

        ContentProofResult result = proof.Finish(out NixHash found);
        switch (result)
        {
            case ContentProofResult.Proven:
            case ContentProofResult.Weak when IsVouchedFor(info):
                return;
            case ContentProofResult.Weak:
                throw Unproven(
                    info,
                    "its content address leaves out the positions of its self-references, which proves nothing: it needs a "
                        + "signature by a trusted key");
            case ContentProofResult.NotAFile:
                throw Unproven(info, "it is not a file, and its content address is one of a file");
            case ContentProofResult.Executable:
                throw Unproven(info, "the file is executable, which its content address does not cover");
            case ContentProofResult.Wrong:
                throw Mismatch(
                    "ca hash", NarioField.ContentAddress, info.Path, info.ContentAddress!.Hash.ToString(), found.ToString());
            default:
                throw new UnreachableException();
        }
    }

    private NarioEntryException Unproven(ValidPathInfo info, string reason) =>
        new(NarioField.ContentAddress, $"cannot add path '{store.StoreDirectory.Join(info.Path)}' because {reason}");

    private void MergeSignatures(ValidPathInfo said, ImportPipeline pipeline)
    {
        if (said.Signatures.Count == 0 || store.QueryPathInfo(said.Path) is not { NarSize: > 0 } registered)
        {
            return;
        }

        byte[] fingerprint = Fingerprint.Create(store.StoreDirectory, registered);
        Signature[] good = [.. said.Signatures.Except(registered.Signatures).Where(signature => options.TrustedKeys.Verify(fingerprint, signature))];
        if (good.Length > 0)
        {
            // Paths that came before are added before, or else nothing is.
            pipeline.Drain();
            store.AddSignatures(registered.Path, good);
        }
    }

    /// <summary>Registers a path that has been accepted, once the rest of its entry has been read and checked.</summary>
    private void Register(ValidPathInfo info, NarioReader reader, ImportPipeline pipeline)
    {
        reader.FinishEntry();

        // That another store built it proves nothing here.
        pipeline.Register(Capture(reader, info.Path), info with { Ultimate = false });
    }

    private EntryContext Capture(NarioReader reader, StorePath? path) =>
        EntryContext.Capture(reader, path, store.StoreDirectory);

    private void Tell(StorePath path) =>
        Write(MessageLevel.Information, path, static path => $"importing path '{path}'...");

    private void TellOfPresent(StorePath path)
    {
        PresentCount++;
        Write(MessageLevel.Detail, path, static path => $"path '{path}' is valid already");
    }

    private void Write(MessageLevel level, StorePath path, Func<string, string> say)
    {
        if (log.Wants(level))
        {
            log.Write(level, say(store.StoreDirectory.Join(path)));
        }
    }

    private NarioEntryException Mismatch(
        string what, NarioField field, StorePath path, string specified, string got) =>
        new(field, $"{what} mismatch importing path '{store.StoreDirectory.Join(path)}'; specified: {specified}; got: {got}");
}
