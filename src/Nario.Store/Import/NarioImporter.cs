using Nario.Codec;
using Nario.Store.Derivations;
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
    /// Called once, on another thread, when the tree of a path cannot be made or put in its place there: reading the input may
    /// end then, with any exception, since that of the path is told. Must not throw. Null: it is told once more bytes have come, as
    /// is always a path that cannot be registered.
    /// </summary>
    public Action? StopReading { get; init; }

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
        try
        {
            ImportAll(reader, take, cancellation);
        }
        catch (NarioFormatException error)
        {
            throw EntryError.Locate(error, reader, store.StoreDirectory);
        }
        catch (NarioEntryException error)
        {
            throw EntryError.Locate(error, reader, store.StoreDirectory);
        }
    }

    private void ImportAll(NarioReader reader, Action<StorePath>? take, CancellationToken cancellation)
    {
        _seen.Clear();
        _cancellation = cancellation;
        try
        {
            using NarIntake intake = new(store.BeginAddition, cancellation, StopReading);
            try
            {
                while (reader.Read())
                {
                    cancellation.ThrowIfCancellationRequested();
                    intake.Check();
                    StorePath path =
                        reader.Version.HasInfoFirst ? ImportAfterInfo(reader, intake) :
                        reader.CanRewindNar ? ImportRewinding(reader, intake) :
                        ImportBeforeInfo(reader, intake);
                    take?.Invoke(path);
                }
            }
            finally
            {
                // What cannot be added came before any other error, and is the one to report.
                intake.Finish();
            }
        }
        finally
        {
            // What cannot be registered came before that. A tree that is dropped is gone first: the database may need the room.
            store.Flush();
        }
    }

    /// <summary>Imports a path whose info has come already.</summary>
    private StorePath ImportAfterInfo(NarioReader reader, NarIntake intake)
    {
        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(reader.Info!);
        if (Meet(info, intake, out bool isRepeated))
        {
            TellOfPresent(info.Path);
            MergeSignatures(info, intake);
            if (isRepeated)
            {
                CheckNar(info, intake.Read(reader.Nar));
            }
            else if (NeedsRepair(info.Path))
            {
                Repair(info.Path, intake.Restore(reader.Nar, null, Locator(info.Path, reader)).Hash, intake);
            }
            else
            {
                // Nothing of it is taken, so nothing of it is read.
                reader.SkipNar();
            }

            return info.Path;
        }

        bool isVouchedFor = CheckTrust(info, intake);
        CheckReferences(info);
        Tell(info.Path);
        using ContentProof? proof = info.ContentAddress is null ? null : new ContentProof(info);
        CheckNar(info, intake.Restore(reader.Nar, proof, Locator(info.Path, reader)));
        CheckProof(proof, info, isVouchedFor);
        Commit(info, reader, intake);
        return info.Path;
    }

    /// <summary>Notes a path that the nario speaks of, and keeps it from the collector.</summary>
    /// <returns>Whether it is valid already.</returns>
    private bool Meet(ValidPathInfo info, NarIntake intake, out bool isRepeated)
    {
        isRepeated = !_seen.Add(info, store.StoreDirectory);
        if (isRepeated)
        {
            // It may be on its way still.
            intake.Finish();
        }

        // Before it is looked for, so that what is found stays for those that refer to it.
        store.Protect(info.Path);
        return store.IsValidPath(info.Path);
    }

    /// <summary>Compares a NAR with what is said of it.</summary>
    private void CheckNar(ValidPathInfo info, (NixHash Hash, ulong Size) found)
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
    private StorePath ImportRewinding(NarioReader reader, NarIntake intake)
    {
        ValidPathInfo unread = PathInfoMapping.ToValidPathInfo(reader.ReadInfo(), PathInfoMapping.NoHash);
        StorePath path = unread.Path;
        if (Meet(unread, intake, out bool isRepeated))
        {
            TellOfPresent(path);
            if (isRepeated)
            {
                reader.RewindNar();
                CheckRepeated(path, intake.Read(reader.Nar).Hash);
            }
            else if (NeedsRepair(path))
            {
                reader.RewindNar();
                Repair(path, intake.Restore(reader.Nar, null, Locator(path, reader)).Hash, intake);
            }

            return path;
        }

        if (options.CheckSignatures)
        {
            throw LacksSignature(path, []);
        }

        Tell(path);
        reader.RewindNar();
        (NixHash hash, ulong size) = intake.Restore(reader.Nar, null, Locator(path, reader));
        ValidPathInfo info = unread with { NarHash = hash, NarSize = size };
        CheckReferences(info);
        Commit(info, reader, intake);
        return path;
    }

    /// <summary>Imports a path whose info comes after its NAR, from an input that is read once: the NAR is restored before it is known whether it is wanted.</summary>
    private StorePath ImportBeforeInfo(NarioReader reader, NarIntake intake)
    {
        (NixHash hash, ulong size) =
            options is { CheckSignatures: true, Repair: false }
                ? intake.Read(reader.Nar)
                : intake.Restore(reader.Nar, null, Locator(path: null, reader));
        ValidPathInfo unread = PathInfoMapping.ToValidPathInfo(reader.ReadInfo(), PathInfoMapping.NoHash);
        StorePath path = unread.Path;
        if (Meet(unread, intake, out bool isRepeated))
        {
            TellOfPresent(path);
            if (isRepeated)
            {
                CheckRepeated(path, hash);
            }
            else if (NeedsRepair(path))
            {
                Repair(path, hash, intake);
                return path;
            }

            intake.Drop();
            return path;
        }

        if (options.CheckSignatures)
        {
            throw LacksSignature(path, []);
        }

        Tell(path);
        ValidPathInfo info = unread with { NarHash = hash, NarSize = size };
        CheckReferences(info);
        Commit(info, reader, intake);
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
    private void Repair(StorePath path, NixHash hash, NarIntake intake)
    {
        if (store.QueryPathInfo(path) is not { } registered || registered.NarHash != hash)
        {
            throw new NarioEntryException(
                NarioField.Nar,
                $"cannot repair path '{store.StoreDirectory.Join(path)}': the nario has other contents than are registered");
        }

        intake.Commit(addition => addition.Replace(path), 0);
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

    /// <summary>Whether someone trusted vouches for a path; throws when it is not to be trusted at all.</summary>
    private bool CheckTrust(ValidPathInfo info, NarIntake intake)
    {
        bool isSigned = options.CheckSignatures && options.TrustedKeys.CountValid(store.StoreDirectory, info) > 0;
        bool isAddressed = info.ContentAddress?.IsContentAddressed(store.StoreDirectory, info.Path, info.References) ?? false;
        string path = store.StoreDirectory.Join(info.Path);
        if (info.ContentAddress is not null && !isAddressed)
        {
            // No store takes it, whoever vouches for it; without that, the lack is what is to be told.
            const string Claim = "claims to be content-addressed but isn't";
            if (isSigned || !options.CheckSignatures)
            {
                throw new NarioEntryException(
                    NarioField.ContentAddress, $"cannot add path '{path}' to the Nix store because it {Claim}");
            }

            // No warning of a path that one before it keeps out.
            intake.Finish();
            log.Write(MessageLevel.Warning, $"path '{path}' {Claim}");
        }

        if (options.CheckSignatures && !isSigned && !isAddressed)
        {
            throw LacksSignature(info.Path, info.Signatures);
        }

        return isSigned || !options.CheckSignatures;
    }

    private StoreException LacksSignature(StorePath path, IReadOnlyList<Signature> signatures)
    {
        string signers = string.Join(", ", signatures.Select(static signature => signature.KeyName));
        string trusted = string.Join(", ", options.TrustedKeys.Names);
        string signed = signers.Length == 0
            ? "no key has signed it; "
            : $"signed by {signers}; trusted: {(trusted.Length == 0 ? "none" : trusted)}; "
                + "add the signer's key with --trusted-public-keys, or ";
        return new StoreException(
            $"cannot add path '{store.StoreDirectory.Join(path)}' because it lacks a signature by a trusted key ({signed}"
            + "import with --no-check-sigs what you trust for other reasons)");
    }

    /// <summary>References must be valid before a path is; better to know before its NAR is read.</summary>
    private void CheckReferences(ValidPathInfo info)
    {
        foreach (StorePath reference in info.References)
        {
            if (reference != info.Path && !_seen.Contains(reference) && !store.IsValidPath(reference))
            {
                throw new NarioEntryException(
                    NarioField.References, $"path '{store.StoreDirectory.Join(reference)}' is not valid");
            }
        }
    }

    private void CheckProof(ContentProof? proof, ValidPathInfo info, bool isVouchedFor)
    {
        if (proof is null)
        {
            return;
        }

        ContentProofResult result = proof.Finish(out NixHash found);
        if (result == ContentProofResult.Wrong)
        {
            throw Mismatch("ca hash", NarioField.ContentAddress, info.Path, info.ContentAddress!.Hash.ToString(), found.ToString());
        }

        if (result == ContentProofResult.Weak && !isVouchedFor)
        {
            throw new NarioEntryException(
                NarioField.ContentAddress,
                $"cannot add path '{store.StoreDirectory.Join(info.Path)}' because its content address leaves out the positions of its self-references, "
                + "which proves nothing: it needs a signature by a trusted key");
        }
    }

    private void MergeSignatures(ValidPathInfo said, NarIntake intake)
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
            intake.Finish();
            store.AddSignatures(registered.Path, good);
        }
    }

    private void Commit(ValidPathInfo info, NarioReader reader, NarIntake intake)
    {
        // The reader may be further on by then.
        NarioPlace? place = reader.Find(NarioField.Nar);
        intake.Commit(
            addition =>
            {
                try
                {
                    // That another store built it says nothing here.
                    addition.Commit(info with { Ultimate = false });
                }
                catch (DerivationException error)
                {
                    throw EntryError.Locate(error, info.Path, 0, place, store.StoreDirectory);
                }
            },
            info.TextLength);
    }

    /// <summary>Gets what says of an error which path has it, for when the reader is further on.</summary>
    private Func<StoreException, StoreException> Locator(StorePath? path, NarioReader reader)
    {
        int number = reader.EntryNumber;
        return error => EntryError.Locate(error, path, number, null, store.StoreDirectory);
    }

    private void Tell(StorePath path) =>
        Write(MessageLevel.Information, path, static path => $"importing path '{path}'...");

    private void TellOfPresent(StorePath path) =>
        Write(MessageLevel.Detail, path, static path => $"path '{path}' is valid already");

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
