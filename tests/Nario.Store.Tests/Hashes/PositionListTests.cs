using Nario.Store.Hashes;

namespace Nario.Store.Tests.Hashes;

public sealed class PositionListTests
{
    [Fact]
    public void Gives_back_many_offsets_near_and_far()
    {
        PositionList list = new();
        List<ulong> expected = [];
        ulong position = 0;
        for (int index = 0; index < 100_000; index++)
        {
            position += (ulong)(index % 7 * index);
            expected.Add(position);
            list.Add(position);
        }

        expected.Add(ulong.MaxValue);
        list.Add(ulong.MaxValue);

        List<ulong> actual = [];
        foreach (ulong item in list)
        {
            actual.Add(item);
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Refuses_more_than_it_may_keep()
    {
        PositionList list = new();
        for (int index = 0; index < PositionList.MaxByteLength; index++)
        {
            list.Add(0);
        }

        StoreException exception = Assert.Throws<StoreException>(() => list.Add(0));

        Assert.Equal("the contents mention their own path too often to be hashed", exception.Message);
    }
}
