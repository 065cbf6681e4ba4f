using Nario.Store.Configuration;
using Nario.Store.Paths;
using Nario.Store.Signatures;
using Nario.Store.Tests.Data;
using Nario.Testing;

namespace Nario.Store.Tests.Configuration;

public class NixConfigurationTests
{
    private const string System = "/etc/nix/nix.conf";

    private const string DefaultKey = "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=";

    [Fact]
    public void Without_any_file_the_defaults_hold()
    {
        NixConfiguration configuration = Load(new FakeHost());
        Assert.Equal(NixConfiguration.Default, configuration);
        Assert.Equal([DefaultKey], configuration.TrustedPublicKeys);
        Assert.Empty(configuration.SecretKeyFiles);
        Assert.True(configuration.RequireSignatures);
        Assert.Null(configuration.Store);
        Assert.Equal(["cache.nixos.org-1"], configuration.GetTrustedKeys(new FakeHost(), Fail).Names);
    }

    [Fact]
    public void Reads_the_settings_that_matter()
    {
        NixConfiguration configuration = Load(
            """
            # a comment
            trusted-public-keys = a:1   b:2	c:3 # and another
              require-sigs=ignored = nonsense
              require-sigs = no
            secret-key-files = /a /b
            store = /some/root
            use-sqlite-wal = 0
            fsync-metadata = false
            allow-symlinked-store = yes
            use-case-hack = true
            build-users-group = nixbld
            cores = 4

            access-tokens = github.com=x#y
            """);
        Assert.Equal(["a:1", "b:2", "c:3"], configuration.TrustedPublicKeys);
        Assert.False(configuration.RequireSignatures);
        Assert.Equal(["/a", "/b"], configuration.SecretKeyFiles);
        Assert.Equal("/some/root", configuration.Store);
        Assert.False(configuration.UseSqliteWriteAheadLog);
        Assert.True(configuration.UseCaseHack);
        Assert.False(configuration.SynchronizeMetadata);
        Assert.True(configuration.AllowSymlinkedStore);
        Assert.Equal("nixbld", configuration.BuildUsersGroup);
    }

    [Theory]
    [InlineData("extra-trusted-public-keys = a:1", new[] { DefaultKey, "a:1" })]
    [InlineData("trusted-public-keys = a:1\nextra-trusted-public-keys = b:2", new[] { "a:1", "b:2" })]
    [InlineData("extra-trusted-public-keys = b:2\ntrusted-public-keys = a:1", new[] { "a:1" })]
    [InlineData("binary-cache-public-keys = a:1", new[] { "a:1" })]
    [InlineData("extra-binary-cache-public-keys = a:1\r\n", new[] { DefaultKey, "a:1" })]
    [InlineData("trusted-public-keys =", new string[0])]
    public void Lists_are_set_or_added_to(string text, string[] expected) =>
        Assert.Equal(expected, Load(text).TrustedPublicKeys);

    [Theory]
    [InlineData("require-sigs true", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("lonely", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("a=b", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("include", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("include a b # c", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("\u001b[31m", "syntax error in line 1 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("a = b\ntrusted-public-keys=k:SECRET", "syntax error in line 2 of '/etc/nix/nix.conf', which is not 'NAME = VALUE'")]
    [InlineData("include other", "file '/etc/nix/other' included from '/etc/nix/nix.conf' not found")]
    [InlineData("require-sigs = maybe", "Boolean setting 'require-sigs' has invalid value 'maybe'")]
    public void Says_what_is_wrong(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => Load(text)).Message);

    [Fact]
    public void Includes_files_beside_the_one_that_names_them()
    {
        FakeHost host = new();
        host.Files[System] = "store = one\ninclude conf.d/a.conf\n!include missing\n!include secret\ninclude secret";
        host.Files["/etc/nix/conf.d/a.conf"] = "include ../b.conf\ninclude /c.conf";
        host.Files["/etc/nix/b.conf"] = "store = two\nrequire-sigs = false";
        host.Files["/c.conf"] = "store = three";
        host.Files["/etc/nix/secret"] = null;
        NixConfiguration configuration = Load(host);
        Assert.Equal("three", configuration.Store);
        Assert.False(configuration.RequireSignatures);
    }

    [Theory]
    [InlineData("include nix.conf")]
    [InlineData("!include ./nix.conf\n!include ./nix.conf")]
    public void Refuses_files_that_include_each_other(string text) =>
        Assert.Equal(
            "too many files are included, the last one is '/etc/nix/nix.conf'",
            Assert.Throws<StoreException>(() => Load(text)).Message);

    [Fact]
    public void Refuses_more_files_than_anyone_has()
    {
        FakeHost host = new();
        host.Files["/etc/nix/empty"] = "";
        host.Files[System] = string.Concat(Enumerable.Repeat("include empty\n", 256));
        Load(host);
        host.Files[System] += "include empty\n";
        Assert.Throws<StoreException>(() => Load(host));
    }

    [Fact]
    public void The_first_user_file_wins_and_the_variable_wins_over_all()
    {
        FakeHost host = new();
        host.Files[System] = "store = system\nextra-trusted-public-keys = s:1";
        host.Files["/home/user/.config/nix/nix.conf"] = "store = home\nextra-trusted-public-keys = h:1";
        host.Files["/etc/xdg/nix/nix.conf"] = "store = xdg\nextra-trusted-public-keys = x:1";
        Assert.Equal("home", Load(host).Store);
        Assert.Equal([DefaultKey, "s:1", "x:1", "h:1"], Load(host).TrustedPublicKeys);

        host.Variables["XDG_CONFIG_HOME"] = "/config";
        Assert.Equal("xdg", Load(host).Store);

        host.Variables["XDG_CONFIG_DIRS"] = "/x1:/x2";
        host.Files["/x1/nix/nix.conf"] = "store = x1";
        host.Files["/x2/nix/nix.conf"] = "store = x2";
        Assert.Equal("x1", Load(host).Store);

        host.Variables["NIX_USER_CONF_FILES"] = "/u1:/missing:/u2";
        host.Files["/u1"] = "store = u1";
        host.Files["/u2"] = "store = u2\nrequire-sigs = false";
        Assert.Equal("u1", Load(host).Store);
        Assert.False(Load(host).RequireSignatures);

        host.Variables["NIX_USER_CONF_FILES"] = "";
        Assert.Equal("system", Load(host).Store);

        host.Variables["NIX_CONF_DIR"] = "/elsewhere";
        Assert.Null(Load(host).Store);

        host.Variables["NIX_CONFIG"] = "store = variable\nextra-trusted-public-keys = v:1\n!include local.conf";
        host.Files["/folder/local.conf"] = "require-sigs = false";
        Assert.Equal("variable", Load(host).Store);
        Assert.False(Load(host).RequireSignatures);
    }

    [Fact]
    public void A_variable_allows_a_store_over_links()
    {
        FakeHost host = new();
        host.Variables["NIX_IGNORE_SYMLINK_STORE"] = "1";
        Assert.True(Load(host).AllowSymlinkedStore);
    }

    [Fact]
    public void Trusts_the_public_halves_of_its_secret_keys()
    {
        FakeHost host = new();
        host.Files[System] = "trusted-public-keys =\nsecret-key-files = /k1 /missing relative";
        host.Files["/k1"] = File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k1"));
        host.Files["/folder/relative"] = File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k2"));
        TrustedKeys keys = Load(host).GetTrustedKeys(host, Fail);
        Assert.Equal(["nario-test-1", "nario-test-2"], keys.Names);
        ValidPathInfo signed = GoldenNario.ReadInfos("17-signed-notultimate")[0];
        Assert.Equal(1, keys.CountValid(StoreDirectory.Default, signed));
    }

    [Fact]
    public void A_key_that_cannot_be_used_is_passed_over_with_a_warning_that_shows_no_secret()
    {
        string secret = File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", "k2")).Trim();
        string digits = secret.Split(':')[1];
        FakeHost host = new();
        host.Files[System] = $"""
            trusted-public-keys = corrupt {secret} {digits} new-1:AAAA {TestKeys.Key1}
            secret-key-files = /empty /cut /k2
            """;
        host.Files["/empty"] = "";
        host.Files["/cut"] = secret[..^20];
        host.Files["/k2"] = secret;
        List<string> warnings = [];
        TrustedKeys keys = Load(host).GetTrustedKeys(host, warnings.Add);
        Assert.Empty(warnings);
        Assert.Equal(["nario-test-1", "nario-test-2"], keys.Names);
        Assert.Equal(
            [
                "trusted-public-keys: public key cannot be used: there is no colon after the name of the key; it is passed over",
                "trusted-public-keys: public key 'nario-test-2' cannot be used: it is a secret key; its public half belongs here; "
                    + "it is passed over",
                "trusted-public-keys: public key cannot be used: there is no colon after the name of the key; it is passed over",
                "trusted-public-keys: public key 'new-1' cannot be used: it is 3 bytes that are no key of a known kind; "
                    + "it is passed over",
                "file '/empty' of secret-key-files: secret key cannot be used: there is no colon after the name of the key; "
                    + "it is passed over",
                "file '/cut' of secret-key-files: secret key 'nario-test-2' cannot be used: it is 51 bytes that are no key of a "
                    + "known kind; it is passed over",
            ],
            warnings);
        Assert.DoesNotContain(warnings, warning => warning.Contains(digits[..10], StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_in_the_home_of_another_user_are_passed_over()
    {
        FakeHost host = new() { ForeignHomeDirectory = "/home/other" };
        host.Files["/home/user/.config/nix/nix.conf"] = "store = mine";
        Assert.Equal("mine", NixConfiguration.Load(host, Fail).Store);

        host.Files["/home/other/.config/nix/nix.conf"] = "store = theirs\nrequire-sigs = false";
        List<string> warnings = [];
        NixConfiguration configuration = NixConfiguration.Load(host, warnings.Add);
        Assert.Equal("mine", configuration.Store);
        Assert.True(configuration.RequireSignatures);
        Assert.Equal(
            ["the settings in '/home/other/.config/nix/nix.conf' are passed over: $HOME is not owned by this user"], warnings);

        // It was named, so it is meant.
        host.Variables["XDG_CONFIG_HOME"] = "/home/other/.config";
        Assert.Equal("theirs", NixConfiguration.Load(host, Fail).Store);
    }

    private static NixConfiguration Load(string text)
    {
        FakeHost host = new();
        host.Files[System] = text;
        return Load(host);
    }

    private static NixConfiguration Load(FakeHost host) => NixConfiguration.Load(host, Fail);

    private static void Fail(string warning) => Assert.Fail(warning);
}
