namespace Nario.Ksy.Generator.Tests;

public sealed class EquatableArrayTests
{
    [Fact]
    public void EqualElements_MakeEqualArrays()
    {
        EquatableArray<string> one = new(["a", "b"]);
        EquatableArray<string> other = new(["a", "b"]);
        Assert.True(one == other);
        Assert.False(one != other);
        Assert.True(one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Theory]
    [InlineData("a", "c")]
    [InlineData("b", "a")]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    [InlineData]
    public void OtherElements_MakeOtherArrays(params string[] items)
    {
        EquatableArray<string> array = new(["a", "b"]);
        Assert.False(array == new EquatableArray<string>(items));
        Assert.True(array != new EquatableArray<string>(items));
    }

    [Fact]
    public void NoArray_IsAnEmptyOne()
    {
        EquatableArray<string> none = default;
        Assert.Empty(none);
        Assert.True(none == new EquatableArray<string>([]));
        Assert.False(none.Equals("a"));
    }

    [Fact]
    public void Elements_AreReachedByIndexAndInOrder()
    {
        EquatableArray<string> array = new(["a", "b"]);
        Assert.Equal(2, array.Count);
        Assert.Equal("b", array[1]);
        Assert.Equal(["a", "b"], array);
    }
}
