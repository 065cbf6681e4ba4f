using Nario.Store.Configuration;
using Nario.Store.Paths;
using Nario.Store.Tests.Data;

namespace Nario.Store.Tests.Configuration;

public class StoreLocationTests
{
    private static readonly StoreLocation Machine = new()
    {
        StoreDirectory = StoreDirectory.Default,
        RealStoreDirectory = "/nix/store",
        StateDirectory = "/nix/var/nix",
        LogDirectory = "/nix/var/log/nix",
    };

    [Theory]
    [InlineData("local")]
    [InlineData("local://")]
    public void Local_is_the_store_of_the_machine(string store) =>
        Assert.Equal(Machine, Resolve(store, new FakeHost()));

    [Theory]
    [InlineData("/r", "/r")]
    [InlineData("/r/", "/r")]
    [InlineData("/a/../r", "/r")]
    [InlineData("./r", "/folder/r")]
    [InlineData("../r", "/r")]
    [InlineData("local?root=/r", "/r")]
    [InlineData("local?root=r", "/folder/r")]
    [InlineData("local?root=/with%20space%3F", "/with space?")]
    [InlineData("local:///r", "/r")]
    [InlineData("auto?root=/r", "/r")]
    [InlineData("/", "")]
    public void A_folder_is_the_root_of_a_store(string store, string root) =>
        Assert.Equal(Below(root), Resolve(store, new FakeHost()));

    [Theory]
    [InlineData("", "the name of the store is empty; 'auto' is the store of this machine, './NAME' a folder")]
    [InlineData("local?root=", "store 'local?root=' has an empty parameter 'root'")]
    [InlineData("auto?root=", "store 'auto?root=' has an empty parameter 'root'")]
    [InlineData("?root=", "store '?root=' has an empty parameter 'root'")]
    [InlineData("/r?state=&real=/x", "store '/r?state=&real=/x' has an empty parameter 'state'")]
    public void What_a_variable_that_is_not_set_leaves_is_no_store(string store, string message) =>
        Assert.Equal(message, Assert.Throws<StoreException>(() => Resolve(store, new FakeHost())).Message);

    [Fact]
    public void Parameters_change_the_parts()
    {
        Assert.Equal(
            new StoreLocation
            {
                StoreDirectory = new StoreDirectory("/gnu/store"),
                RealStoreDirectory = "/real",
                StateDirectory = "/state",
                LogDirectory = "/log",
                RequireSignatures = false,
            },
            Resolve("local?store=/gnu/store&real=/real&state=/state&log=/log&require-sigs=false", new FakeHost()));
        Assert.True(Resolve("/r?require-sigs=true", new FakeHost()).RequireSignatures);
    }

    [Fact]
    public void The_environment_names_the_parts_of_the_machines_store()
    {
        FakeHost host = new();
        host.Variables["NIX_STORE"] = "/second";
        Assert.Equal("/second", Resolve("local", host).RealStoreDirectory);
        host.Variables["NIX_STORE_DIR"] = "/first/";
        host.Variables["NIX_STATE_DIR"] = "/state";
        host.Variables["NIX_LOG_DIR"] = "/log";
        Assert.Equal(
            new StoreLocation
            {
                StoreDirectory = new StoreDirectory("/first"),
                RealStoreDirectory = "/first",
                StateDirectory = "/state",
                LogDirectory = "/log",
            },
            Resolve("local", host));
        Assert.Equal(Below("/r") with { StoreDirectory = new StoreDirectory("/first") }, Resolve("/r", host));
    }

    [Fact]
    public void The_user_comes_before_the_setting_and_that_before_the_environment()
    {
        FakeHost host = new();
        host.WritableFolders.Add("/nix/var/nix");
        NixConfiguration configuration = NixConfiguration.Default with { Store = "/setting" };
        Assert.Equal(Machine, StoreLocation.Resolve(null, NixConfiguration.Default, host));
        host.Variables["NIX_REMOTE"] = "/remote";
        Assert.Equal(Below("/remote"), StoreLocation.Resolve(null, NixConfiguration.Default, host));
        Assert.Equal(Below("/setting"), StoreLocation.Resolve(null, configuration, host));
        Assert.Equal(Below("/user"), StoreLocation.Resolve("/user", configuration, host));
        host.Variables["NIX_REMOTE"] = "";
        Assert.Equal(Machine, StoreLocation.Resolve(null, NixConfiguration.Default, host));
    }

    [Fact]
    public void Auto_is_the_machines_store_for_who_may_write_it()
    {
        FakeHost host = new();
        host.WritableFolders.Add("/nix/var/nix");
        host.Files["/nix/var/nix/daemon-socket/socket"] = "";
        Assert.Equal(Machine, Resolve("auto", host));
    }

    [Theory]
    [InlineData(null, "/nix/var/nix/daemon-socket/socket")]
    [InlineData("/run/socket", "/run/socket")]
    public void Auto_is_the_daemon_for_who_may_not(string? variable, string socket)
    {
        FakeHost host = new();
        host.Files["/nix/var/nix"] = "";
        host.Files[socket] = "";
        if (variable is not null)
        {
            host.Variables["NIX_DAEMON_SOCKET_PATH"] = variable;
        }

        Assert.Equal(
            $"the store of this machine belongs to the Nix daemon at '{socket}', which is not supported yet: "
            + "name a folder, or run as the owner of the store",
            Assert.Throws<StoreException>(() => Resolve("auto", host)).Message);
    }

    [Fact]
    public void Auto_without_any_Nix_is_in_the_users_home()
    {
        FakeHost host = new();
        Assert.Equal(OperatingSystem.IsLinux() ? Below("/home/user/.local/share/nix/root") : Machine, Resolve("auto", host));
        Assert.Equal(Machine, Resolve("auto", new FakeHost { IsSuperuser = true }));
        Assert.Equal(false, Resolve("auto?require-sigs=false", host).RequireSignatures);
        Assert.Equal("/nix/store", Resolve("auto?require-sigs=false", host).RealStoreDirectory);
        host.Variables["NIX_STATE_DIR"] = "/state";
        Assert.Equal(Machine with { StateDirectory = "/state" }, Resolve("auto", host));
    }

    [Theory]
    [InlineData("daemon", "store 'daemon' is not supported yet: only local stores and folders are")]
    [InlineData(
        "unix:///run/socket",
        "store 'unix:///run/socket' is not supported yet: only local stores and folders are")]
    [InlineData("ssh-ng://host", "store 'ssh-ng://host' is not supported yet: only local stores and folders are")]
    [InlineData(
        "https://cache.example.org",
        "store 'https://cache.example.org' is not supported yet: only local stores and folders are")]
    [InlineData("folder", "don't know how to open Nix store 'folder'; a folder needs a slash, as in './folder'")]
    [InlineData(
        "local?read-only=true",
        "store 'local?read-only=true' has the parameter 'read-only=true', which is not supported")]
    [InlineData("/r?root", "store '/r?root' has the parameter 'root', which is not supported")]
    [InlineData("/r?require-sigs=perhaps", "Boolean setting 'require-sigs' has invalid value 'perhaps'")]
    [InlineData("/r\0", "path '/r\\x00' contains a NUL")]
    [InlineData("local?store=relative", "not an absolute path: 'relative'")]
    public void Says_what_it_cannot_open(string store, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<StoreException>(() => Resolve(store, new FakeHost())).Message);

    private static StoreLocation Resolve(string store, FakeHost host) =>
        StoreLocation.Resolve(store, NixConfiguration.Default, host);

    private static StoreLocation Below(string root) => new()
    {
        StoreDirectory = StoreDirectory.Default,
        RealStoreDirectory = $"{root}/nix/store",
        StateDirectory = $"{root}/nix/var/nix",
        LogDirectory = $"{root}/nix/var/log/nix",
    };
}
