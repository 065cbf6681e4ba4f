using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Drives the generated reader of narios of version 2.</summary>
internal static class NarioV2Driver
{
    /// <summary>Reads a nario to its end.</summary>
    /// <param name="feed">Where it comes from.</param>
    /// <param name="state">The state of the reader.</param>
    /// <param name="skip">Whether contents are passed over.</param>
    /// <param name="visitor">Takes the tokens.</param>
    /// <exception cref="NarioFormatException">It is not valid.</exception>
    public static void Read<TVisitor>(ref BlockFeed feed, NarioV2State state, bool skip, TVisitor visitor)
        where TVisitor : ITokenVisitor
    {
        while (true)
        {
            NarioV2Reader reader = new(feed.Block, feed.IsFinal, state) { SkipContent = skip };
            bool isAtNar = false;
            while (!isAtNar && reader.Read())
            {
                visitor.Take(in reader);
                isAtNar = visitor.ReadsNars && reader.Token == NarioV2Token.Nar;
            }

            feed.Consume(reader.Consumed);
            if (isAtNar)
            {
                NarDriver.Read(ref feed, state.Nar, skip, visitor);
            }
            else if (state.IsComplete)
            {
                return;
            }
            else
            {
                feed.Advance(reader.BytesToSkip);
            }
        }
    }
}
