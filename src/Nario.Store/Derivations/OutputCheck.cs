using Nario.Store.Paths;

namespace Nario.Store.Derivations;

/// <summary>Checks that the paths of a derivation's outputs follow from the derivation and all that it builds from.</summary>
/// <remarks>
/// Nobody could build what is at such a path otherwise. Keeps a hash and the names of the outputs for each derivation that others
/// have been built from, mostly 200 bytes.
/// Thread-safe.
/// </remarks>
/// <param name="storeDirectory">The directory of the store.</param>
/// <param name="read">Reads a derivation that another one builds from; throws a <see cref="StoreException"/> when it is
/// not there.</param>
internal sealed class OutputCheck(StoreDirectory storeDirectory, Func<StorePath, Derivation> read)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StorePath, InputFacts> _known = [];

    /// <summary>Checks a derivation.</summary>
    /// <exception cref="DerivationException">An output has another path than follows, or has one that cannot be known yet; or what
    /// it builds from cannot be read, has not the outputs that are wanted of it, or builds from itself.</exception>
    public void Check(Derivation derivation)
    {
        try
        {
            lock (_lock)
            {
                if (derivation.FixedOutput is null)
                {
                    using DerivationText text = new(storeDirectory);
                    Learn(derivation, text);
                    CheckPaths(derivation, text.Hash(derivation, masksOutputs: true, GetFacts));
                }

                CheckVariables(derivation);
            }
        }
        catch (Exception error) when (error is FormatException or StoreException and not DerivationException)
        {
            throw new DerivationException(storeDirectory.Join(derivation.Path), error.Message, error);
        }
    }

    /// <summary>Builders learn from the environment where their outputs go, and the hash leaves that out.</summary>
    private void CheckVariables(Derivation derivation)
    {
        foreach ((string output, StorePath path) in derivation.OutputPaths)
        {
            if (!derivation.TellsBuilder(output))
            {
                throw new FormatException(
                    $"variable '{output}' is not the path of that output, '{storeDirectory.Join(path)}'");
            }
        }
    }

    private void CheckPaths(Derivation derivation, InputFacts facts)
    {
        foreach ((string output, StorePath path) in derivation.OutputPaths)
        {
            if (facts.IsDeferred)
            {
                throw new FormatException(
                    $"output '{storeDirectory.Join(path)}' has a path, although something that it follows from has none before it "
                    + "is built");
            }

            StorePath expected = derivation.MakeOutputPath(storeDirectory, output, facts.Hash);
            if (path != expected)
            {
                throw new FormatException(
                    $"output '{storeDirectory.Join(path)}' does not follow from the derivation, "
                    + $"which makes '{storeDirectory.Join(expected)}'");
            }
        }
    }

    /// <summary>Learns what a derivation builds from, each after its own inputs. However long a chain of them is, two derivations
    /// are held at a time.</summary>
    private void Learn(Derivation root, DerivationText text)
    {
        HashSet<StorePath> begun = [root.Path];
        Stack<(StorePath Path, int Position)> open = new([(root.Path, 0)]);
        while (open.TryPop(out (StorePath Path, int Position) current))
        {
            bool isRoot = current.Path == root.Path;
            Derivation derivation = isRoot ? root : read(current.Path);
            int position = current.Position;
            StorePath? unknown = derivation.FixedOutput is null
                ? derivation.FindUnknownInput(storeDirectory, _known.ContainsKey, ref position)
                : null;
            if (unknown is not null)
            {
                if (!begun.Add(unknown))
                {
                    throw new FormatException($"'{storeDirectory.Join(unknown)}' builds from itself");
                }

                open.Push((current.Path, position));
                open.Push((unknown, 0));
            }
            else if (!isRoot)
            {
                _known[current.Path] = text.Hash(derivation, masksOutputs: false, GetFacts);
            }
        }
    }

    private InputFacts GetFacts(StorePath path) => _known[path];
}
