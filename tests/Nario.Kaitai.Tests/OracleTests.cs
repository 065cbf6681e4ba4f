using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>Compares every field and instance of real formats with what the official compiler's code gives.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int FewestInputs = 5;

    [OracleTheory]
    [InlineData("image/png", FewestInputs)]
    [InlineData("image/gif", FewestInputs)]
    [InlineData("image/jpeg", FewestInputs)]
    [InlineData("media/wav", FewestInputs)]
    [InlineData("executable/elf", FewestInputs)]
    [InlineData("network/pcap", FewestInputs)]
    [InlineData("network/dns_packet", 2)]
    public void Classes_GiveWhatTheOfficialCodeGives(string format, int fewest)
    {
        string folder = Directory.CreateTempSubdirectory("nario-kaitai-").FullName;
        try
        {
            Oracle.WriteInputs(folder);
            string id = Path.GetFileName(format);
            string[] files = SuiteFolders.Files(Path.Combine(folder, id), "*");
            Assert.True(files.Length >= fewest, $"{files.Length} inputs");
            string specification = Path.Combine(SuiteFolders.Formats!, format + ".ksy");
            JsonArray expected = Oracle.Read(SuiteFolders.Formats!, specification, files);
            Assert.Equal(files.Length, expected.Count);
            Type type = Compile(specification, id);
            string[] wrong =
            [
                .. files.Select((file, index) => ObjectTree.Difference(expected[index], Read(type, file)) is { } found
                        ? $"{Path.GetFileName(file)}: {found}"
                        : null)
                    .OfType<string>(),
            ];
            output.WriteLine($"{files.Length - wrong.Length} of {files.Length} inputs alike");
            Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Type Compile(string specification, string id)
    {
        SpecFolder folder = new(SuiteFolders.Formats!);
        GeneratorRunResult result = ClassGenerator.Run(folder.Closure(specification));
        using MemoryStream image = new();
        Assert.Empty(ClassGenerator.Compile(result, [], image));
        image.Position = 0;
        AssemblyLoadContext context = new(id, isCollectible: true);
        return context.LoadFromStream(image).GetType(
            $"{ClassGenerator.Namespace}.{ClassGenerator.TypeName(id)}", throwOnError: true)!;
    }

    private static JsonNode? Read(Type type, string file)
    {
        try
        {
            return ObjectTree.Of(ClassGenerator.Read(type, File.ReadAllBytes(file)));
        }
        catch (TargetInvocationException exception) when (exception.InnerException is FormatException fault)
        {
            return new JsonObject { ["$error"] = fault.Message };
        }
    }
}
