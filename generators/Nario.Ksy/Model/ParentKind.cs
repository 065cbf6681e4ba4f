namespace Nario.Ksy.Model;

/// <summary>What becomes the parent of an object.</summary>
public enum ParentKind
{
    /// <summary>The object that has the field.</summary>
    This,

    /// <summary>None: <c>parent: false</c>.</summary>
    None,

    /// <summary>The object that an expression gives.</summary>
    Expression,
}
