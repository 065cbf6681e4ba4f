using Nario.Store.Configuration;

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
}
