using BenchmarkDotNet.Attributes;
using Nario.Codec;
using Nario.Store.Hashes;
using Nario.Store.Paths;

namespace Nario.Benchmarks;

/// <summary>Small conversions of which a closure needs many.</summary>
[MemoryDiagnoser]
public class ValueBenchmark
{
    private readonly string _baseName = "mdj9pd9jairndqzf6gwvdxfzb4rpsm8m-app-5.0.0";

    private readonly byte[] _digest = new byte[32];
    private readonly byte[] _encoded = [5, 0, 0, 0, 0, 0, 0, 0, .. "hello"u8, 0, 0, 0];

    /// <summary>Writes a hash in Nix's base 32.</summary>
    [Benchmark]
    public string EncodeBase32() => Nix32.Encode(_digest);

    /// <summary>Checks a store path.</summary>
    [Benchmark]
    public StorePath ParseStorePath() => StorePath.Parse(_baseName);

    /// <summary>Reads a string of the wire format as a view.</summary>
    [Benchmark]
    public int ReadView()
    {
        NixWire.Str.TryRead(_encoded, 0, 255, out NixWire.Str view, out _);
        return view.Bytes.Length;
    }
}
