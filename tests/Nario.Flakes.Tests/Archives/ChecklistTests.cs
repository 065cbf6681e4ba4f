using System.Globalization;

namespace Nario.Flakes.Tests.Archives;

/// <summary>Every number of the checklist of hostile archives has a test that carries it.</summary>
public sealed class ChecklistTests
{
    private const int Count = 40;

    [Fact]
    public void Every_number_has_a_test() => Assert.Equal(
        Enumerable.Range(1, Count).Select(static number => string.Create(CultureInfo.InvariantCulture, $"U{number:d2}")),
        typeof(HostileArchiveTests).GetMethods()
            .Where(static method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .Select(static method => method.Name[..3])
            .Order(StringComparer.Ordinal));
}
