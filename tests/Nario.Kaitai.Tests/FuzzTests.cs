using System.Reflection;
using Xunit.Abstractions;

namespace Nario.Kaitai.Tests;

/// <summary>
/// Drives the classes of all test formats with broken inputs: all that may come of them is an object or an error of the
/// input.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>Names the number of inputs for each test; more than the default take longer.</summary>
    private const string RoundsVariable = "KSY_FUZZ_ROUNDS";

    private const int DefaultRounds = 20;

    private const int Seed = 20261129;

    [SuiteFact(SuiteFolders.TestsVariable)]
    public void BrokenInputs_GiveAnObjectOrAnErrorOfTheInput()
    {
        string folder = SuiteFolders.Tests!;
        SpecFolder formats = new(Path.Combine(folder, "formats"));
        KstFile[] tests = [.. SuiteFolders.Files(Path.Combine(folder, "kst"), "*.kst").Select(KstFile.Load)];
        using CompiledClasses classes = new(
            tests.SelectMany(test => formats.Closure(Path.Combine(formats.Root, test.Id + ".ksy")))
                .DistinctBy(spec => Path.GetFullPath(spec.Path)),
            KstRunner.ConsumerSource);
        int rounds = int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), out int named)
            ? named : DefaultRounds;
        Random random = new(Seed);
        int objects = 0;
        int errors = 0;
        List<string> wrong = [];
        foreach (KstFile test in tests)
        {
            byte[] input = File.ReadAllBytes(Path.Combine(folder, "src", test.Data));
            for (int round = 0; round < rounds; round++)
            {
                byte[] broken = Break(input, random);
                try
                {
                    ObjectTree.Of(ClassGenerator.Read(classes[test.Id], broken));
                    objects++;
                }
                catch (TargetInvocationException exception) when (exception.InnerException is FormatException)
                {
                    errors++;
                }
                catch (TargetInvocationException exception)
                {
                    wrong.Add($"{test.Id} {Convert.ToHexString(broken)}: {exception.InnerException}");
                    break;
                }
            }
        }

        output.WriteLine($"{objects} objects, {errors} errors");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(objects > 0 && errors > 0);
    }

    private static byte[] Break(byte[] input, Random random)
    {
        byte[] bytes = input.AsSpan(0, random.Next(4) == 0 ? random.Next(input.Length + 1) : input.Length).ToArray();
        for (int count = random.Next(5); count > 0 && bytes.Length > 0; count--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) switch
            {
                0 => 0xff,
                1 => 0,
                _ => (byte)random.Next(256),
            };
        }

        return bytes;
    }
}
