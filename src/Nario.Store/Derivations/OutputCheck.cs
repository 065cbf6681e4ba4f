using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>Checks that the paths of a derivation's outputs follow from the derivation and all that it builds from.</summary>
/// <remarks>
/// Nobody could build what is at such a path otherwise. Keeps a hash for each derivation that others have been built from,
/// about 200 bytes.
/// Thread-safe.
/// </remarks>
/// <param name="storeDirectory">The directory of the store.</param>
/// <param name="read">Reads a derivation that another one builds from; throws a <see cref="StoreException"/> when it is
/// not there.</param>
internal sealed class OutputCheck(StoreDirectory storeDirectory, Func<StorePath, Derivation> read)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StorePath, NixHash> _hashes = [];

    /// <summary>Checks a derivation.</summary>
    /// <exception cref="DerivationException">An output has another path than follows; or what it builds from cannot be
    /// read, or builds from itself.</exception>
    public void Check(Derivation derivation)
    {
        try
        {
            lock (_lock)
            {
                using DerivationText text = new();
                Learn(derivation, text);
                if (derivation.FixedOutput is null)
                {
                    CheckPaths(derivation, text.Hash(derivation, masksOutputs: true, GetHash));
                }

                CheckVariables(derivation);
            }
        }
        catch (Exception error) when (error is FormatException or StoreException and not DerivationException)
        {
            throw new DerivationException(storeDirectory.Join(derivation.Path), error.Message, error);
        }
    }

    private static IEnumerable<StorePath> GetInputs(Derivation derivation) =>
        derivation.FixedOutput is null ? derivation.Inputs.Keys : [];

    /// <summary>Builders learn from the environment where their outputs go, and the hash leaves that out.</summary>
    private void CheckVariables(Derivation derivation)
    {
        foreach ((string output, StorePath path) in derivation.OutputPaths)
        {
            string fullPath = storeDirectory.Join(path);
            if (derivation.OutputVariables.GetValueOrDefault(output) != fullPath)
            {
                throw new FormatException($"variable '{output}' is not the path of that output, '{fullPath}'");
            }
        }
    }

    private void CheckPaths(Derivation derivation, NixHash hash)
    {
        foreach ((string output, StorePath path) in derivation.OutputPaths)
        {
            StorePath expected = derivation.MakeOutputPath(storeDirectory, output, hash);
            if (path != expected)
            {
                throw new FormatException(
                    $"output '{storeDirectory.Join(path)}' does not follow from the derivation, "
                    + $"which makes '{storeDirectory.Join(expected)}'");
            }
        }
    }

    /// <summary>Computes the hashes of what a derivation builds from, each after those of its own inputs. However long
    /// a chain of them is, one derivation is held at a time.</summary>
    private void Learn(Derivation derivation, DerivationText text)
    {
        Stack<StorePath> open = new(GetUnknown(derivation));
        HashSet<StorePath> begun = [derivation.Path];
        while (open.TryPeek(out StorePath? path))
        {
            if (_hashes.ContainsKey(path))
            {
                open.Pop();
                continue;
            }

            Derivation input = read(path);
            bool isBegun = !begun.Add(path);
            List<StorePath> unknown = GetUnknown(input);
            if (unknown.Count == 0)
            {
                _hashes[path] = text.Hash(input, masksOutputs: false, GetHash);
                open.Pop();
            }
            else if (isBegun)
            {
                throw new FormatException($"'{storeDirectory.Join(path)}' builds from itself");
            }
            else
            {
                foreach (StorePath next in unknown)
                {
                    open.Push(next);
                }
            }
        }
    }

    private List<StorePath> GetUnknown(Derivation derivation) =>
        [.. GetInputs(derivation).Where(input => !_hashes.ContainsKey(input))];

    private NixHash GetHash(StorePath path) => _hashes[path];
}
