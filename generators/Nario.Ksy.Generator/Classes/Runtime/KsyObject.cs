namespace Nario.Ksy.Runtime;

/// <summary>
/// An object that was read from a stream. It remembers its stream and the object that contains it where the
/// specification uses them.
/// </summary>
public abstract class KsyObject
{
    private protected KsyObject()
    {
    }

    /// <summary>The stream that the object is read from (<c>_io</c>), or null where it is not remembered.</summary>
    public virtual KsyInput? KsyIo => null;

    /// <summary>
    /// The object that contains this one (<c>_parent</c>), or null where there is none or it is not remembered.
    /// </summary>
    public virtual KsyObject? KsyParent => null;
}
