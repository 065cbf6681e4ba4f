using System.Runtime.Versioning;

// Local stores are for Linux only, and so are these tests.
[assembly: SupportedOSPlatform("linux")]
