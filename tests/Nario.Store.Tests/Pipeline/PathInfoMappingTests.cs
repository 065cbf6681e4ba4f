using System.Text;
using Nario.Codec;
using Nario.Store.Pipeline;
using Nario.Testing;

namespace Nario.Store.Tests.Pipeline;

public sealed class PathInfoMappingTests
{
    private static readonly string Bytes = Convert.ToBase64String(new byte[64]);

    private static readonly NarioPathInfo Info = new()
    {
        Path = TestStorePath.Named("path").BaseName,
        NarHash = new string('0', 64),
        NarSize = 1,
    };

    [Theory]
    [InlineData("key-1")]
    [InlineData("clé-1")]
    [InlineData("à-1")]
    [InlineData("鍵-1")]
    public void The_name_of_a_key_is_UTF_8(string name)
    {
        string text = $"{name}:{Bytes}";
        NarioPathInfo said = Info with { Signatures = [Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))] };

        ValidPathInfo info = PathInfoMapping.ToValidPathInfo(said);

        Assert.Equal(name, Assert.Single(info.Signatures).KeyName);
        Assert.Equal(said, PathInfoMapping.ToNarioPathInfo(info));
    }

    [Fact]
    public void A_signature_that_is_not_UTF_8_is_refused()
    {
        NarioPathInfo said = Info with { Signatures = [$"key-1:{Bytes}", $"cl\u00e9-1:{Bytes}"] };

        NarioEntryException exception =
            Assert.Throws<NarioEntryException>(() => PathInfoMapping.ToValidPathInfo(said));

        Assert.Equal((NarioField.Signatures, 1), (exception.Field, exception.Index));
        Assert.Equal($"signature 'cl\\xe9-1:{Bytes}' is not UTF-8", exception.Message);
    }
}
