namespace Nario.Testing;

/// <summary>How a nario is given to an import.</summary>
public enum InputKind
{
    /// <summary>As a file, which can seek.</summary>
    File,

    /// <summary>As a pipe, which cannot.</summary>
    Pipe,
}
