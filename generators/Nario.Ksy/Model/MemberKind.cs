namespace Nario.Ksy.Model;

/// <summary>What a member of a type is.</summary>
public enum MemberKind
{
    /// <summary>An element of <c>seq</c>.</summary>
    Field,

    /// <summary>An element of <c>params</c>.</summary>
    Parameter,

    /// <summary>An element of <c>instances</c>, computed or parsed.</summary>
    Instance,
}
