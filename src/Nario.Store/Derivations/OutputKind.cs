namespace Nario.Store.Derivations;

/// <summary>What decides where an output of a derivation goes.</summary>
internal enum OutputKind
{
    /// <summary>The derivation, and all that it builds from.</summary>
    InputAddressed,

    /// <summary>The same, once it is known where what it builds from goes.</summary>
    Deferred,

    /// <summary>A hash that its contents must have.</summary>
    Fixed,

    /// <summary>The hash of whatever contents it gets.</summary>
    Floating,

    /// <summary>The same; building it again may give others.</summary>
    Impure,
}
