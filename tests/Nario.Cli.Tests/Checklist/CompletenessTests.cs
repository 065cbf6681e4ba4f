using System.Reflection;
using System.Text.RegularExpressions;
using Nario.Codec.Tests.Framing;
using Nario.Store.Tests.Local;

namespace Nario.Cli.Tests.Checklist;

/// <summary>Every number of the checklist of hostile input has a test that carries it.</summary>
public sealed partial class CompletenessTests
{
    /// <summary>The letters, and how many numbers each one has.</summary>
    private static readonly (char Letter, int Count)[] Checklist =
    [
        ('N', 9), ('G', 12), ('M', 11), ('L', 6), ('R', 9), ('D', 3), ('V', 21), ('W', 11), ('T', 6), ('S', 7),
    ];

    [Fact]
    public void Every_number_has_a_test() => Assert.Equal([], GetNumbers().Except(GetTests()));

    [Fact]
    public void Every_test_has_a_number_of_the_checklist() => Assert.Equal([], GetTests().Except(GetNumbers()));

    private static IEnumerable<string> GetNumbers() =>
        Checklist.SelectMany(static group => Enumerable.Range(1, group.Count), static (group, number) => $"{group.Letter}{number:d2}");

    private static HashSet<string> GetTests()
    {
        MethodInfo[] methods =
        [
            .. ((Type[])[typeof(CompletenessTests), typeof(LocalStoreTests), typeof(NarDepthTests)])
                .SelectMany(static type => type.Assembly.GetTypes())
                .SelectMany(static type => type.GetMethods())
                .Where(static method => method.GetCustomAttributes<FactAttribute>().Any()),
        ];
        IEnumerable<string> names = methods.Select(static method => method.Name);
        IEnumerable<string> rows = methods
            .Where(static method => method.Name == nameof(NarNameCases.Verdict))
            .SelectMany(static method => (IEnumerable<object[]>)method.DeclaringType!.GetProperty("Names")!.GetValue(null)!)
            .Select(static row => (string)row[0]);
        return [.. names.Concat(rows).SelectMany(static name => NumbersOf(name))];
    }

    private static IEnumerable<string> NumbersOf(string name) =>
        Beginning().Match(name).Value.Split('_', ' ').Where(static part => part.Length > 0);

    [GeneratedRegex("^([A-Z][0-9]{2}[_ ])+")]
    private static partial Regex Beginning();
}
