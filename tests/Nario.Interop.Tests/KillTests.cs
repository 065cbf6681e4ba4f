using System.Diagnostics;
using Nario.Interop.Tests.Support;
using Nario.Store.Tests.Local;

namespace Nario.Interop.Tests;

/// <summary>Kills imports and imports again.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryStore _nix = new();
    private readonly TemporaryStore _ours = new();

    public void Dispose()
    {
        _folder.Dispose();
        _nix.Dispose();
        _ours.Dispose();
    }

    [InteropTheory(Needs.Nix)]
    [InlineData(1)]
    [InlineData(2)]
    public void Completes_what_a_killed_import_began(int version)
    {
        GeneratedClosure.Fill(_nix, _folder);
        byte[] nario = Engines.ExportAll(_nix, version);
        Random random = new(version);
        for (int round = 0; round < Rounds; round++)
        {
            KillAfter(nario, random.Next(nario.Length), random.Next(20));
        }

        AssertWholeSoFar();
        Engines.Import(_ours, nario, InputKind.Pipe);

        Leavings.AssertNone(_ours);
        Nix.AssertClean(_ours);
        Assert.Equal(nario, Engines.ExportAll(_ours, version));
    }

    /// <summary>Starts an import on a pipe, and kills it some time after it has been given some bytes.</summary>
    private void KillAfter(byte[] nario, int length, int milliseconds)
    {
        using Process process = NarioProgram.Start(["import", "--no-check-sigs", "--store", _ours.Root]);
        process.StandardInput.BaseStream.Write(nario, 0, length);
        process.StandardInput.BaseStream.Flush();
        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
        Assert.Equal(128 + 9, process.ExitCode);
    }

    /// <summary>Expects what is registered to be whole.</summary>
    private void AssertWholeSoFar()
    {
        if (File.Exists(_ours.DatabaseFile))
        {
            foreach (string path in _ours.Query("select path from ValidPaths"))
            {
                _ = Engines.Export(_ours, 1, path);
            }
        }
    }
}
