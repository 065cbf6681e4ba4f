using System.Diagnostics;
using System.Globalization;

namespace Nario.Faults.Tests.Support;

/// <summary>A file system in memory, of a size that can be changed, which only chosen programs see.</summary>
/// <remarks>It is gone when the test is, however that ends: it belongs to a process that ends with the test.</remarks>
internal sealed class SmallDisk : IDisposable
{
    private static readonly string[] OwnUser = RootRequirement.SkipReason is null ? [] : ["--map-root-user"];

    private readonly Process _holder;
    private readonly string _folder;

    /// <summary>Mounts a file system.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="options">Its options, such as the size.</param>
    internal SmallDisk(string folder, string options)
    {
        _folder = folder;
        _holder = NixProgram.Start(
            "unshare",
            [
                "--mount", .. OwnUser, "sh", "-c",
                "mount -t tmpfs -o \"mode=755,$1\" none \"$0\" && echo ready && exec cat", folder, options,
            ]);
        if (_holder.StandardOutput.ReadLine() != "ready")
        {
            string errors = _holder.StandardError.ReadToEnd();
            Dispose();
            throw new IOException(errors);
        }

        Enter =
        [
            "nsenter", "--mount", .. OwnUser.Length == 0 ? [] : (string[])["--user", "--preserve-credentials"],
            "--target", _holder.Id.ToString(CultureInfo.InvariantCulture),

            // The group of the builders is none of that user's groups.
            .. OwnUser.Length == 0 ? [] : (string[])["env", "NIX_CONFIG=build-users-group ="],
        ];
    }

    /// <summary>Gets whether a file system can be mounted here.</summary>
    internal static bool IsSupported { get; } = TryMount();

    /// <summary>Gets the words that start a program which sees the file system.</summary>
    internal IReadOnlyList<string> Enter { get; } = [];

    /// <summary>Gets how the test names a path that the programs see.</summary>
    internal string GetVisiblePath(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{_holder.Id}/root{path}");

    /// <summary>Changes options, such as the size.</summary>
    internal void Change(string options)
    {
        ProgramResult result = TryChange(options);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }

    /// <summary>Gets how many bytes are in use.</summary>
    internal long CountUsedBytes()
    {
        DriveInfo drive = new(GetVisiblePath(_folder));
        return drive.TotalSize - drive.TotalFreeSpace;
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }

    private static bool TryMount()
    {
        try
        {
            using TemporaryFolder folder = new();
            using SmallDisk disk = new(folder.Path, "size=64k");
            return disk.TryChange("size=128k").ExitCode == 0;
        }
        catch (Exception error) when (error is IOException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private ProgramResult TryChange(string options)
    {
        string[] words = [.. Enter, "mount", "-o", $"remount,{options}", "none", _folder];
        using Process process = NixProgram.Start(words[0], words[1..]);
        return ProcessEnd.Await(process);
    }
}
