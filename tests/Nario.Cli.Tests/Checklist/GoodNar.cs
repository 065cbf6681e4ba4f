using Nario.Codec.Tests.Trees;

namespace Nario.Cli.Tests.Checklist;

/// <summary>A NAR that is odd and valid all the same, which becomes a nario of either version.</summary>
/// <param name="Id">Its number in the checklist.</param>
/// <param name="Title">What is odd.</param>
/// <param name="Tree">Its tree.</param>
internal sealed record GoodNar(string Id, string Title, Node Tree)
{
    /// <summary>Gets the two narios.</summary>
    internal IEnumerable<ChecklistCase> ToCases()
    {
        byte[] nar = Wire.Nar(Tree);
        string[] registered = [NarioBuilder.Path];
        yield return new ChecklistCase(Id, $"{Title}, version 1", NarioBuilder.Nario1(NarioBuilder.Entry1(nar)))
        {
            Registered = registered,
            Nar = nar,
        };
        yield return new ChecklistCase(Id, $"{Title}, version 2", NarioBuilder.Nario2(NarioBuilder.Entry2(nar)))
        {
            Registered = registered,
            Nar = nar,
        };
    }
}
