namespace Nario.Cli;

/// <summary>How much the program says.</summary>
internal enum Verbosity
{
    /// <summary>Errors and warnings.</summary>
    Normal,

    /// <summary>What is done too.</summary>
    Information,

    /// <summary>How it is done too.</summary>
    Detail,
}
