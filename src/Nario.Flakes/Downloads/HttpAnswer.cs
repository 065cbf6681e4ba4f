namespace Nario.Flakes.Downloads;

/// <summary>A response with a body.</summary>
/// <param name="Response">The response.</param>
/// <param name="Link">The link header of it or of a redirect before; null when there was none.</param>
internal sealed record HttpAnswer(HttpResponseMessage Response, string? Link);
