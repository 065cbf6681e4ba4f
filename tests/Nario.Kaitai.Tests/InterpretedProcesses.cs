using Nario.Ksy.Runtime;

namespace Nario.Kaitai.Tests;

/// <summary>The routines that the tests' specifications name, for the interpreter.</summary>
internal sealed class InterpretedProcesses(Func<byte[], byte[]> decode) : IKsyProcess
{
    public static IKsyProcess? Find(string name, IReadOnlyList<object?> arguments) => name switch
    {
        "my_custom_fx" => new InterpretedProcesses(data => Array.ConvertAll(
            data, item =>
                unchecked((byte)((bool)arguments[1]! ? item + (Int128)arguments[0]! : item - (Int128)arguments[0]!)))),
        "nested.deeply.custom_fx" or "custom_fx_no_args" =>
            new InterpretedProcesses(data => [(byte)'_', .. data, (byte)'_']),
        _ => null,
    };

    public byte[] Decode(byte[] data) => decode(data);
}
