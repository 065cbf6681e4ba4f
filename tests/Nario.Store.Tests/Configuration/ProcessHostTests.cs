using Nario.Store.Configuration;
using Nario.Store.Posix;

namespace Nario.Store.Tests.Configuration;

public sealed class ProcessHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nario-host-").FullName;

    private readonly ProcessHost _host = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_small_files_and_nothing_else()
    {
        string path = Path.Combine(_folder, "file");
        Assert.Null(_host.ReadText(path));
        Assert.Null(_host.ReadText(_folder));
        Assert.Null(_host.ReadText(Path.Combine(path, "below")));
        File.WriteAllText(path, "text é");
        Assert.Equal("text é", _host.ReadText(path));
        File.WriteAllBytes(path, new byte[ProcessHost.MaxFileLength]);
        Assert.Equal(ProcessHost.MaxFileLength, _host.ReadText(path)!.Length);
        File.WriteAllBytes(path, new byte[ProcessHost.MaxFileLength + 1]);
        Assert.Throws<StoreException>(() => _host.ReadText(path));
    }

    [Fact]
    public void Knows_what_is_there_and_may_be_written()
    {
        Assert.True(_host.Exists(_folder));
        Assert.True(_host.IsReadableAndWritable(_folder));
        string missing = Path.Combine(_folder, "missing");
        Assert.False(_host.Exists(missing));
        Assert.False(_host.IsReadableAndWritable(missing));
    }

    [Fact]
    public void Knows_the_environment()
    {
        Assert.True(Path.IsPathFullyQualified(_host.CurrentDirectory));
        Assert.Equal(Environment.IsPrivilegedProcess, _host.IsSuperuser);
        Assert.Null(_host.GetVariable("NARIO_NO_SUCH_VARIABLE"));
    }

    [Fact]
    public void A_home_of_another_user_is_not_the_home()
    {
        string? before = Environment.GetEnvironmentVariable("HOME");
        try
        {
            string own = Path.Combine(_folder, "link");
            File.CreateSymbolicLink(own, Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName);
            foreach (string home in (string[])[own, Path.Combine(_folder, "missing")])
            {
                Environment.SetEnvironmentVariable("HOME", home);
                Assert.Equal(home, _host.HomeDirectory);
                Assert.Null(_host.ForeignHomeDirectory);
            }

            // Root owns one, nobody can see who owns the other.
            foreach (string home in (string[])[Environment.IsPrivilegedProcess ? GiveAway(_folder) : "/", "/etc/passwd/below"])
            {
                Environment.SetEnvironmentVariable("HOME", home);
                Assert.Equal(home, _host.ForeignHomeDirectory);
                Assert.NotEqual(home, _host.HomeDirectory);
                Assert.True(Path.IsPathRooted(_host.HomeDirectory));
            }

            Environment.SetEnvironmentVariable("HOME", null);
            Assert.Null(_host.ForeignHomeDirectory);
            Assert.True(Path.IsPathRooted(_host.HomeDirectory));
        }
        finally
        {
            Environment.SetEnvironmentVariable("HOME", before);
        }
    }

    private static string GiveAway(string folder)
    {
        string home = Directory.CreateDirectory(Path.Combine(folder, "other")).FullName;
        using FileDescriptor descriptor = FileDescriptor.OpenDirectory(home);
        Assert.True(descriptor.TrySetOwner(65534, 65534));
        return home;
    }
}
