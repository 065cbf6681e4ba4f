namespace Nario.Flakes.Fetching;

/// <summary>What may be at a destination before.</summary>
internal enum DestinationRule
{
    /// <summary>Nothing, and the folder that it is in must be there.</summary>
    New,

    /// <summary>Nothing or an empty folder; the folders above are made. The rule of git.</summary>
    NewOrEmpty,
}
