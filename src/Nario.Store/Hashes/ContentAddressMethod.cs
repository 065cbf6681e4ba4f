namespace Nario.Store.Hashes;

/// <summary>What of an object its content address hashes.</summary>
public enum ContentAddressMethod
{
    /// <summary>The contents of one file that may mention other paths (<c>text:</c>): derivations, for
    /// instance.</summary>
    Text,

    /// <summary>The contents of one file (<c>fixed:</c>).</summary>
    Flat,

    /// <summary>The NAR of any object (<c>fixed:r:</c>).</summary>
    Nar,

    /// <summary>The Git tree of any object (<c>fixed:git:</c>), which this library does not compute: it proves nothing
    /// here.</summary>
    Git,
}
