using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nario.Flakes.Tests.Support;

/// <summary>
/// Repositories for all tests of this process, with settings of git that know nothing of the user, and in which the three
/// forges are folders.
/// </summary>
internal static class GitWorld
{
    private static readonly string Root = Directory.CreateTempSubdirectory("nario-git-").FullName;

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Gets the working copy.</summary>
    internal static string Source => Path.Join(Made.Value, "src");

    /// <summary>Gets the bare repository.</summary>
    internal static string Bare => Path.Join(Made.Value, "bare.git");

    /// <summary>Gets the commit of <c>main</c>, which the tag <c>v1</c> is on too.</summary>
    internal static string Main => Ask(Source, "rev-parse", "main");

    /// <summary>Gets the commit of <c>dev</c>.</summary>
    internal static string Dev => Ask(Source, "rev-parse", "dev");

    /// <summary>What a clone of <c>main</c> has.</summary>
    internal static readonly string[] MainListing =
    [
        "f .gitattributes", "l /etc/passwd abs", "l nowhere dangling", "f flake.nix", "d sub", "f sub/ignored-export",
        "l ../flake.nix sub/link", "x sub/run.sh",
    ];

    /// <summary>What a clone of <c>dev</c> has.</summary>
    internal static readonly string[] DevListing =
    [
        "f .gitattributes", "l /etc/passwd abs", "l nowhere dangling", "f dev.txt", "f flake.nix", "d sub",
        "f sub/ignored-export", "l ../flake.nix sub/link", "x sub/run.sh",
    ];

    /// <summary>Makes git know nothing of the user before any test runs.</summary>
    [ModuleInitializer]
    internal static void Isolate()
    {
        Directory.CreateDirectory(Path.Join(Root, "home"));
        Dictionary<string, string> variables = new()
        {
            ["GIT_CONFIG_GLOBAL"] = Path.Join(Root, "gitconfig"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
            ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
            ["HGRCPATH"] = string.Empty,
            ["HGUSER"] = "tester",
            ["no_proxy"] = "127.0.0.1",
        };
        foreach ((string name, string value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        foreach (string name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_ALLOW_PROTOCOL"])
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        File.WriteAllText(
            Path.Join(Root, "gitconfig"),
            $"""
            [user]
            name = tester
            email = tester@localhost
            [init]
            defaultBranch = main
            [url "file://{Root}/forges/github/"]
            insteadOf = https://github.com/
            [url "file://{Root}/forges/gitlab/"]
            insteadOf = https://gitlab.com/
            [url "file://{Root}/forges/sourcehut/"]
            insteadOf = https://git.sr.ht/
            """);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Directory.Delete(Root, recursive: true);
    }

    /// <summary>Runs git in a folder and expects it to succeed.</summary>
    /// <returns>What it prints, without the line end.</returns>
    internal static string Ask(string folder, params string[] arguments) => Run("git", folder, arguments);

    /// <summary>Runs a program in a folder and expects it to succeed.</summary>
    /// <returns>What it prints, without the line end.</returns>
    internal static string Run(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.TrimEnd('\n');
    }

    private static string Make()
    {
        string source = Path.Join(Root, "src");
        Directory.CreateDirectory(Path.Join(source, "sub"));
        File.WriteAllText(Path.Join(source, ".gitattributes"), "sub/ignored-export export-ignore\n");
        File.WriteAllText(Path.Join(source, "flake.nix"), "{ outputs = _: { }; }\n");
        File.WriteAllText(Path.Join(source, "sub/ignored-export"), "text\n");
        File.WriteAllText(Path.Join(source, "sub/run.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Join(source, "sub/run.sh"), (UnixFileMode)0x1ed);
        File.CreateSymbolicLink(Path.Join(source, "abs"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Join(source, "dangling"), "nowhere");
        File.CreateSymbolicLink(Path.Join(source, "sub/link"), "../flake.nix");
        Ask(source, "init", "-q", "-b", "main");
        Ask(source, "add", "-A");
        Ask(source, "commit", "-q", "-m", "first");
        Ask(source, "tag", "v1");
        Ask(source, "checkout", "-q", "-b", "dev");
        File.WriteAllText(Path.Join(source, "dev.txt"), "dev\n");
        Ask(source, "add", "-A");
        Ask(source, "commit", "-q", "-m", "second");
        Ask(source, "checkout", "-q", "main");
        foreach (string bare in (string[])["bare.git", "forges/github/o/r.git", "forges/gitlab/o/r.git", "forges/sourcehut/~o/r"])
        {
            string path = Path.Join(Root, bare);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Ask(Root, "clone", "-q", "--bare", source, path);
            Ask(path, "update-server-info");
        }

        File.WriteAllText(Path.Join(source, "untracked.txt"), "untracked\n");
        File.AppendAllText(Path.Join(source, "flake.nix"), "# changed\n");
        return Root;
    }
}
