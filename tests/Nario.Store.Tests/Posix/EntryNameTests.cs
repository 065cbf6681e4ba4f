using System.Text;
using Nario.Store.Posix;

namespace Nario.Store.Tests.Posix;

public sealed class EntryNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("...")]
    [InlineData(".a")]
    [InlineData("\n")]
    public void Ends_a_name_with_a_NUL_whatever_was_there(string name)
    {
        byte[] buffer = [.. Enumerable.Repeat((byte)'x', EntryName.Capacity)];

        EntryName.CopyTerminated(Encoding.UTF8.GetBytes(name), buffer);

        Assert.Equal(name + "\0", Encoding.UTF8.GetString(buffer.AsSpan(0, name.Length + 1)));
    }

    [Fact]
    public void Takes_the_longest_name()
    {
        byte[] buffer = new byte[EntryName.Capacity];
        EntryName.CopyTerminated(Encoding.UTF8.GetBytes(new string('a', EntryName.MaxLength)), buffer);
        Assert.Equal(EntryName.MaxLength, buffer.AsSpan().IndexOf((byte)0));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("a\0")]
    public void Refuses_what_could_lead_out(string name) => Refuses(name);

    [Fact]
    public void Refuses_a_name_that_is_too_long() => Refuses(new string('a', EntryName.MaxLength + 1));

    private static void Refuses(string name)
    {
        StoreException exception = Assert.Throws<StoreException>(
            () => EntryName.CopyTerminated(Encoding.UTF8.GetBytes(name), new byte[EntryName.Capacity]));
        Assert.Equal($"invalid file name '{EscapedText.FromText(name)}'", exception.Message);
    }
}
