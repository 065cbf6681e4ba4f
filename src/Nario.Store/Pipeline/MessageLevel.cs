namespace Nario.Store.Pipeline;

/// <summary>How much a message matters to the user.</summary>
public enum MessageLevel
{
    /// <summary>Something is doubtful, but the work goes on.</summary>
    Warning,

    /// <summary>What is being done, path by path: with <c>-v</c>.</summary>
    Information,

    /// <summary>What is passed over: with <c>-vv</c>.</summary>
    Detail,
}
