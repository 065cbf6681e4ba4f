using System.Globalization;
using System.Net;

namespace Nario.Flakes.Downloads;

/// <summary>Says why something cannot be downloaded.</summary>
/// <param name="message">The line for the user.</param>
/// <param name="isTransient">Whether another attempt may work.</param>
public sealed class DownloadException(string message, bool isTransient) : FlakeException(message)
{
    /// <summary>Gets whether another attempt may work.</summary>
    public bool IsTransient => isTransient;

    /// <summary>Gets the status of the answer; null when none came.</summary>
    public HttpStatusCode? Status { get; private init; }

    internal static DownloadException OfStatus(string shown, HttpStatusCode status) => new(
        string.Create(CultureInfo.InvariantCulture, $"unable to download '{shown}': HTTP error {(int)status}"),
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            and not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported))
    {
        Status = status,
    };
}
