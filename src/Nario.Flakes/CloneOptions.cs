using Nario.Store.Configuration;

namespace Nario.Flakes;

/// <summary>How a flake is fetched.</summary>
public sealed record CloneOptions
{
    /// <summary>Gets the machine, the user and the environment.</summary>
    public required IHost Host { get; init; }

    /// <summary>Gets the settings.</summary>
    public required NixConfiguration Configuration { get; init; }

    /// <summary>Gets whether nothing may be fetched over a network.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Gets whether the hash of the NAR is computed even when the reference does not pin it.</summary>
    public bool ComputesHash { get; init; }

    /// <summary>Gets how large what is unpacked may be.</summary>
    public UnpackLimits Limits { get; init; } = new();

    /// <summary>Gets what takes the lines of the programs that are run, without their line ends; true for a line that the next
    /// one takes the place of.</summary>
    public Action<string, bool> ShowProgramLine { get; init; } = static (_, _) => { };

    /// <summary>Gets whether programs are to show their progress.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Gets what is done with each stream that is read: its length in bytes is given where it is known.</summary>
    public Func<Stream, long?, Stream> Watch { get; init; } = static (stream, _) => stream;
}
