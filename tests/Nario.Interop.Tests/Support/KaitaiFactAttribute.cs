using Nario.Testing;

namespace Nario.Interop.Tests.Support;

/// <summary>A test that asks the Kaitai oracle; it is skipped, and says why, where something that it needs is not
/// there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KaitaiFactAttribute : FactAttribute
{
    public KaitaiFactAttribute(Needs others = Needs.None)
    {
        Others = others;
        Skip = KaitaiOracle.MissingReason ?? Requirements.DescribeMissing(others);
    }

    public Needs Others { get; }
}
