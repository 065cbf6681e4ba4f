using Nario.Codec;

namespace Nario.Fuzz.Reading;

/// <summary>Drives the generated reader of NARs.</summary>
internal static class NarDriver
{
    /// <summary>Reads a NAR to its end.</summary>
    /// <param name="feed">Where it comes from.</param>
    /// <param name="state">The state of the reader.</param>
    /// <param name="skip">Whether contents are passed over.</param>
    /// <param name="visitor">Takes the tokens.</param>
    /// <exception cref="NarioFormatException">It is not valid.</exception>
    public static void Read<TVisitor>(ref BlockFeed feed, NarState state, bool skip, TVisitor visitor)
        where TVisitor : ITokenVisitor
    {
        while (true)
        {
            NarReader reader = new(feed.Block, feed.IsFinal, state) { SkipContent = skip };
            while (reader.Read())
            {
                visitor.Take(in reader);
            }

            feed.Consume(reader.Consumed);
            if (state.IsComplete)
            {
                visitor.EndNar();
                return;
            }

            feed.Advance(reader.BytesToSkip);
        }
    }
}
