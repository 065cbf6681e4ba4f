using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nario.Testing;

/// <summary>Runs a part of a test as another user or with another umask, on a thread that ends with it.</summary>
/// <remarks>
/// To the kernel, user and umask belong to a thread; only the C library makes all threads change together, so its
/// functions are passed by.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class OwnThread
{
    /// <summary>The user and group that owns nothing.</summary>
    internal const int Nobody = 65534;

    private const int ShareNoDirectoryAndUmask = 0x200;

    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static readonly nint SetGroupsNumber = IsX64 ? 116 : 159;

    private static readonly nint SetGroupIdNumber = IsX64 ? 119 : 149;

    private static readonly nint SetUserIdNumber = IsX64 ? 117 : 147;

    /// <summary>
    /// Runs as the user nobody, without root's rights. What that user needs of this process and its files is at hand, wherever
    /// they lie.
    /// </summary>
    internal static void RunAsNobody(Action action)
    {
        PublicCopy.RequireTemporaryFolder();
        PublicCopy.LoadProgram();
        _ = TestFiles.Shared;
        _ = NarioProgram.CommandLine;
        RunBareAsNobody(action);
    }

    /// <summary>Runs as the user nobody, who may not be able to read the files of this process.</summary>
    internal static void RunBareAsNobody(Action action) =>
        Run(() =>
        {
            Check(NativeCalls.Call(SetGroupsNumber, 0, 0, 0));
            Check(NativeCalls.Call(SetGroupIdNumber, Nobody, Nobody, Nobody));
            Check(NativeCalls.Call(SetUserIdNumber, Nobody, Nobody, Nobody));
            action();
        });

    /// <summary>Runs with a umask of its own.</summary>
    internal static void RunWithUmask(uint umask, Action action) =>
        Run(() =>
        {
            Check(NativeCalls.Unshare(ShareNoDirectoryAndUmask));
            _ = NativeCalls.SetUmask(umask);
            action();
        });

    private static void Run(Action action) => RunningThread.Start(action).Join();

    private static void Check(nint result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.GetLastPInvokeErrorMessage());
        }
    }
}
