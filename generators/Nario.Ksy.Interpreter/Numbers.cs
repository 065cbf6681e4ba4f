using Nario.Ksy.Model;
using Nario.Ksy.Runtime;

namespace Nario.Ksy.Interpretation;

/// <summary>Reads numbers of whole bytes.</summary>
internal static class Numbers
{
    public static Int128 Integer(KsyInput io, IntegerLayout layout, KsyByteOrder order, string path) =>
        (layout.Width, layout.IsSigned) switch
        {
            (1, false) => io.ReadU1(path),
            (1, true) => io.ReadS1(path),
            (2, false) => io.ReadU2(order, path),
            (2, true) => io.ReadS2(order, path),
            (4, false) => io.ReadU4(order, path),
            (4, true) => io.ReadS4(order, path),
            (8, false) => io.ReadU8(order, path),
            (8, true) => io.ReadS8(order, path),
            _ => throw new ArgumentOutOfRangeException(nameof(layout)),
        };

    public static double Float(KsyInput io, FloatLayout layout, KsyByteOrder order, string path) =>
        layout.Width == 4 ? io.ReadF4(order, path) : io.ReadF8(order, path);
}
