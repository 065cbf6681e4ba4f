using Nario.Codec;
using Nario.Fuzz.Reading;

namespace Nario.Fuzz.Bending;

/// <summary>Checks the states of the generated readers after the end of an archive, good or bad.</summary>
internal static class StateCheck
{
    /// <summary>Reads an archive, then goes on reading, then reads another archive with the same state.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="archive">The archive, valid or not.</param>
    /// <param name="next">The other one.</param>
    /// <param name="isAccepted">Whether the archive is valid.</param>
    public static void Run(ArchiveKind kind, byte[] archive, byte[] next, bool isAccepted)
    {
        MustHaveNoPlace(static () => NarReader.SpecPathOf((NarToken)byte.MaxValue));
        MustHaveNoPlace(static () => NarioV1Reader.SpecPathOf((NarioV1Token)byte.MaxValue));
        MustHaveNoPlace(static () => NarioV2Reader.SpecPathOf((NarioV2Token)byte.MaxValue));
        switch (kind)
        {
            case ArchiveKind.Nar:
                CheckNar(archive, next, isAccepted);
                break;
            case ArchiveKind.NarioV1:
                CheckVersion1(archive, next, isAccepted);
                break;
            default:
                CheckVersion2(archive, next, isAccepted);
                break;
        }
    }

    private static void CheckNar(byte[] archive, byte[] next, bool isAccepted)
    {
        NarState state = new();
        bool ends = Ends(() =>
        {
            NarReader reader = new(archive, true, state);
            while (reader.Read())
            {
                MustBeNamed(NarReader.SpecPathOf(reader.Token));
            }
        });
        MustStand(ends, isAccepted, state.IsComplete, state.HasFailed, () => new NarReader([], true, state).Read());
        state.Reset();
        Transcript again = new();
        Transcript fresh = new Transcript().Record(ArchiveKind.Nar, next, ChunkSizes.Whole);
        Try(again, next.Length, () =>
        {
            BlockFeed feed = new(next, ChunkSizes.Whole);
            NarDriver.Read(ref feed, state, skip: false, again);
            return state.Offset;
        });
        fresh.MustEqual(again, "a new state against one that was reset");
    }

    private static void CheckVersion1(byte[] archive, byte[] next, bool isAccepted)
    {
        NarioV1State state = new();
        bool ends = Ends(() =>
        {
            NarioV1Reader reader = new(archive, true, state);
            while (reader.Read())
            {
                MustBeNamed(NarioV1Reader.SpecPathOf(reader.Token));
            }
        });
        MustStand(ends, isAccepted, state.IsComplete, state.HasFailed || state.Nar.HasFailed, () => new NarioV1Reader([], true, state).Read());
        state.Reset();
        Transcript again = new();
        Transcript fresh = new Transcript().Record(ArchiveKind.NarioV1, next, ChunkSizes.Whole);
        Try(again, next.Length, () =>
        {
            BlockFeed feed = new(next, ChunkSizes.Whole);
            NarioV1Driver.Read(ref feed, state, skip: false, again);
            return state.Offset;
        });
        fresh.MustEqual(again, "a new state against one that was reset");
    }

    private static void CheckVersion2(byte[] archive, byte[] next, bool isAccepted)
    {
        NarioV2State state = new();
        bool ends = Ends(() =>
        {
            NarioV2Reader reader = new(archive, true, state);
            while (reader.Read())
            {
                MustBeNamed(NarioV2Reader.SpecPathOf(reader.Token));
            }
        });
        MustStand(ends, isAccepted, state.IsComplete, state.HasFailed || state.Nar.HasFailed, () => new NarioV2Reader([], true, state).Read());
        state.Reset();
        bool passes = Ends(() =>
        {
            NarioV2Reader reader = new(archive, true, state);
            while (reader.Read())
            {
                if (reader.Token == NarioV2Token.Nar)
                {
                    // What is not there is noticed behind it.
                    reader.SkipNar();
                }
                else
                {
                    MustRefuse<InvalidOperationException>(reader, static reader => reader.SkipNar());
                }
            }
        });
        FindingException.Unless(passes || !isAccepted, "a nario is refused when its NARs are passed over");
        state.Reset();
        Transcript again = new();
        Transcript fresh = new Transcript().Record(ArchiveKind.NarioV2, next, ChunkSizes.Whole);
        Try(again, next.Length, () =>
        {
            BlockFeed feed = new(next, ChunkSizes.Whole);
            NarioV2Driver.Read(ref feed, state, skip: false, again);
            return state.Offset;
        });
        fresh.MustEqual(again, "a new state against one that was reset");
    }

    private delegate void Call(NarioV2Reader reader);

    private static void MustRefuse<TException>(NarioV2Reader reader, Call call)
        where TException : Exception
    {
        try
        {
            call(reader);
        }
        catch (TException)
        {
            return;
        }

        throw new FindingException("a wrong call is not refused");
    }

    private static bool Ends(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (NarioFormatException)
        {
            return false;
        }
    }

    private static void Try(Transcript transcript, long length, Func<long> read)
    {
        try
        {
            transcript.Accept(read());
        }
        catch (NarioFormatException error)
        {
            transcript.Refuse(error, length);
        }
    }

    private static void MustHaveNoPlace(Func<string> call)
    {
        try
        {
            call();
        }
        catch (ArgumentOutOfRangeException)
        {
            return;
        }

        throw new FindingException("a token that there is not has a place");
    }

    private static void MustBeNamed(string place) => FindingException.Unless(place.Length > 0, "a token has no place");

    private static void MustStand(bool ends, bool isAccepted, bool isComplete, bool hasFailed, Func<bool> readOn)
    {
        FindingException.Unless(ends == isAccepted, "one block and one reader give another verdict");
        FindingException.Unless(isComplete == isAccepted && hasFailed != isAccepted, "the state does not know how it ended");
        try
        {
            FindingException.Unless(!readOn(), "a token comes after the end");
            FindingException.Unless(isAccepted, "a reader goes on after it has failed");
        }
        catch (InvalidOperationException)
        {
            FindingException.Unless(!isAccepted, "a reader at its end cannot be asked again");
        }
    }
}
