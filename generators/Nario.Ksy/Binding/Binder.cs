using Nario.Ksy.Syntax;

namespace Nario.Ksy.Binding;

/// <summary>
/// Gives every name of a specification its meaning and every expression its type. It is the only place where names and
/// types of the language are judged; what a backend cannot take is the backend's to say.
/// </summary>
public static class Binder
{
    /// <summary>Binds a specification together with what it imports, directly or not.</summary>
    /// <param name="main">The specification.</param>
    /// <param name="files">
    /// Files that may be imported; others among them do no harm. <c>a/b</c> is the file of that name, with <c>.ksy</c>,
    /// beside the one that imports it, <c>/a/b</c> and what is not beside it the one whose path ends so.
    /// </param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static BindResult Bind(
        SpecSource main,
        IReadOnlyList<SpecSource> files,
        CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
