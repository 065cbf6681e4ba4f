namespace Nario.Flakes.Downloads;

/// <summary>An answer whose body is being read.</summary>
/// <param name="Body">The body, its transfer and content encodings undone.</param>
/// <param name="Length">Its length in bytes as it is sent; null when the server does not say.</param>
/// <param name="Link">What the last header said that names the place of this very content; null when none did.</param>
internal sealed record Download(Stream Body, long? Length, string? Link);
