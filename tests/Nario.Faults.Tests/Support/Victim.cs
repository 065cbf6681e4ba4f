namespace Nario.Faults.Tests.Support;

/// <summary>A folder outside a store that nobody may touch, with names that trees of the closure have.</summary>
internal sealed class Victim : IDisposable
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DateTime Time = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly UnixFileMode _folderMode;
    private readonly UnixFileMode _mode;

    internal Victim()
    {
        Directory.CreateDirectory(_folder.Join("bin"));
        Directory.CreateDirectory(_folder.Join("share"));
        System.IO.File.WriteAllText(File, "precious");
        System.IO.File.SetUnixFileMode(File, FileMode);
        System.IO.File.SetLastWriteTimeUtc(File, Time);
        _mode = System.IO.File.GetUnixFileMode(Path);
        _folderMode = System.IO.File.GetUnixFileMode(_folder.Join("share"));
    }

    internal string Path => _folder.Path;

    internal string File => _folder.Join("share/file-00");

    internal void AssertUntouched()
    {
        Assert.Equal(["bin", "share", "share/file-00"], _folder.List());
        Assert.Equal(_mode, System.IO.File.GetUnixFileMode(Path));
        Assert.Equal("precious", System.IO.File.ReadAllText(File));
        Assert.Equal(FileMode, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(Time, System.IO.File.GetLastWriteTimeUtc(File));
        foreach (string name in (string[])["bin", "share"])
        {
            Assert.Equal(_folderMode, System.IO.File.GetUnixFileMode(_folder.Join(name)));
        }
    }

    public void Dispose() => _folder.Dispose();
}
