namespace Ksy
{
    public sealed class MyCustomFx(long key, bool adds, byte[] ignored) : IKsyProcess
    {
        public byte[] Decode(byte[] data) =>
            System.Array.ConvertAll(data, item => unchecked((byte)(adds ? item + key : item - key)));

        public int Ignored => ignored.Length;
    }

    public sealed class CustomFxNoArgs : IKsyProcess
    {
        public byte[] Decode(byte[] data) => [(byte)'_', .. data, (byte)'_'];
    }
}

namespace Nested.Deeply
{
    public sealed class CustomFx(long key) : Ksy.IKsyProcess
    {
        public byte[] Decode(byte[] data) => [(byte)'_', .. data, (byte)'_'];

        public long Key => key;
    }
}
