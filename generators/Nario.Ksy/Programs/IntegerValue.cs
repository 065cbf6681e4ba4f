using System.Numerics;

namespace Nario.Ksy.Programs;

/// <summary>An integer constant.</summary>
public sealed record IntegerValue(BigInteger Number) : Value;
