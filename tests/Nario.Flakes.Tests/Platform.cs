using System.Runtime.Versioning;

// Fetching works on open directories of Linux, and so do these tests.
[assembly: SupportedOSPlatform("linux")]
