using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Nario.Flakes.References;
using Nario.Store;

namespace Nario.Flakes.Fetching;

/// <summary>A program of the machine that fetches for us, with the environment and the terminal of this one.</summary>
/// <param name="name">Its name, looked for in <c>PATH</c>.</param>
/// <param name="context">Where its lines go, and what ends it.</param>
internal sealed class ExternalProgram(string name, FetchContext context)
{
    private const int MaxLineLength = 4096;

    private const int MaxAnswerLength = 1 << 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string?> _environment = [];

    /// <summary>Gets or sets what lines on the standard error are not shown.</summary>
    public Func<string, bool> IsSuppressed { get; init; } = static _ => false;

    /// <summary>Sets a variable for the program; null takes it away.</summary>
    public void SetVariable(string variable, string? value) => _environment[variable] = value;

    /// <summary>Runs the program and expects it to succeed.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="FlakeException">It is not there, or has failed; then it has said why.</exception>
    public void Run(params IReadOnlyList<string> arguments) => Expect(RunFor(static _ => { }, arguments));

    /// <summary>Runs the program and gets what it prints.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The text without the line end, cut after 64 KiB; null when the program fails.</returns>
    /// <exception cref="FlakeException">It is not there.</exception>
    public string? Ask(params IReadOnlyList<string> arguments)
    {
        byte[] answer = new byte[MaxAnswerLength];
        int length = 0;
        int exitCode = RunFor(
            output =>
            {
                length = output.ReadAtLeast(answer, answer.Length, throwOnEndOfStream: false);
                output.CopyTo(Stream.Null);
            },
            arguments);
        return exitCode == 0 ? Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\n') : null;
    }

    /// <summary>Runs the program and reads what it prints while it does.</summary>
    /// <param name="read">Reads the standard output.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="FlakeException">It is not there, or has failed.</exception>
    public void Read(Action<Stream> read, params IReadOnlyList<string> arguments) => Expect(RunFor(read, arguments));

    /// <summary>Runs the program, writes to it and reads what it prints.</summary>
    /// <param name="exchange">Writes to the first stream and reads from the second.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="FlakeException">It is not there, or has failed.</exception>
    public void Converse(Action<Stream, Stream> exchange, params IReadOnlyList<string> arguments)
    {
        using Process process = Start(arguments, withInput: true);
        Expect(Finish(process, () =>
        {
            using Stream input = process.StandardInput.BaseStream;
            exchange(input, process.StandardOutput.BaseStream);
        }));
    }

    /// <summary>Throws when a program has failed.</summary>
    private void Expect(int exitCode)
    {
        if (exitCode != 0)
        {
            throw new FlakeException($"program \"{name}\" failed with exit code {exitCode}");
        }
    }

    private int RunFor(Action<Stream> read, IReadOnlyList<string> arguments)
    {
        using Process process = Start(arguments, withInput: false);
        return Finish(process, () =>
        {
            read(process.StandardOutput.BaseStream);
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        });
    }

    private int Finish(Process process, Action work)
    {
        Task showing = Task.Run(() => ShowLines(process.StandardError.BaseStream));
        using CancellationTokenRegistration ending = context.Cancellation.Register(() => End(process));
        try
        {
            work();
            process.WaitForExit();
        }
        catch (IOException error) when (!context.Cancellation.IsCancellationRequested)
        {
            End(process);
            throw new FlakeException($"cannot talk to the program \"{name}\": {EscapedText.FromText(error.Message)}");
        }
        catch
        {
            End(process);
            throw;
        }
        finally
        {
            // What it has started in turn may hold the standard error open.
            showing.Wait(process.HasExited ? ShortPatience : Patience);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        return process.ExitCode;
    }

    private Process Start(IReadOnlyList<string> arguments, bool withInput)
    {
        ProcessStartInfo start = new(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = withInput,
        };
        foreach ((string variable, string? value) in _environment)
        {
            if (value is null)
            {
                start.Environment.Remove(variable);
            }
            else
            {
                start.Environment[variable] = value;
            }
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new FlakeException($"executing \"{name}\": {ReasonOf(error)}");
        }
    }

    /// <summary>Gets the system's words, which those of .NET enclose.</summary>
    private static string ReasonOf(Win32Exception error) =>
        EscapedText.FromText(System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error.NativeErrorCode));

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Patience);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private void ShowLines(Stream errors)
    {
        byte[] block = new byte[MaxLineLength];
        List<byte> line = [];
        try
        {
            int count;
            while ((count = errors.Read(block)) > 0)
            {
                foreach (byte value in block.AsSpan(0, count))
                {
                    if (value is (byte)'\n' or (byte)'\r' || line.Count == MaxLineLength)
                    {
                        ShowLine(line, isTransient: value == (byte)'\r');
                    }

                    if (value is not ((byte)'\n' or (byte)'\r'))
                    {
                        line.Add(value);
                    }
                }
            }
        }
        catch (IOException)
        {
            // The program was ended.
        }

        ShowLine(line, isTransient: false);
    }

    private void ShowLine(List<byte> line, bool isTransient)
    {
        if (line.Count > 0)
        {
            string text = Encoding.UTF8.GetString([.. line]);
            line.Clear();
            if (!IsSuppressed(text))
            {
                context.Options.ShowProgramLine(PublicText.Of(text), isTransient);
            }
        }
    }
}
