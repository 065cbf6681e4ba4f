namespace Nario.Ksy.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum KsySeverity
{
    /// <summary>Nothing is generated for the specification.</summary>
    Error,

    /// <summary>The specification is accepted, but something in it is doubtful.</summary>
    Warning,
}
