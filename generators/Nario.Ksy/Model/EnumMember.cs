using System.Numerics;

namespace Nario.Ksy.Model;

/// <summary>A value with a label.</summary>
public sealed record EnumMember(BigInteger Value, string Label, string? Doc);
