namespace Nario.Ksy.Runtime;

/// <summary>A routine of the program's own that a specification names under <c>process</c>.</summary>
public interface IKsyProcess
{
    /// <summary>Turns bytes of the input into the bytes that are read on.</summary>
    byte[] Decode(byte[] data);
}
