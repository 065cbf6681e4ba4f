using System.Text;
using Nario.Store.Posix;
using Nario.Testing;

namespace Nario.Store.Tests.Posix;

public sealed class ExtendedAttributesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileDescriptor _file = new();

    public ExtendedAttributesTests()
    {
        File.WriteAllText(_folder.Join("file"), "");
        _file.OpenAt(_folder.Descriptor, "file"u8, OpenFlags.ReadWrite);
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [RequiresFact(Needs.ExtendedAttributes)]
    public void Removes_all_but_those_that_stay()
    {
        string[] names = ["user.one", "user.two", "user.three"];
        foreach (string name in names)
        {
            Assert.Equal(0, NativeCalls.SetExtendedAttribute(_folder.Join("file"), name, [1], 1, 0));
        }

        ExtendedAttributes.Remove(_file, ["user.two"]);
        Assert.Equal(["user.two"], List());

        ExtendedAttributes.Remove(_file, []);
        Assert.Equal([], List());

        ExtendedAttributes.Remove(_file, []);
    }

    private string[] List()
    {
        byte[] names = new byte[1000];
        nint length = NativeCalls.ListExtendedAttributes(_folder.Join("file"), names, names.Length);
        return Encoding.UTF8.GetString(names, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
