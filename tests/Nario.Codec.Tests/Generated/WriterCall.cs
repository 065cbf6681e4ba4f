namespace Nario.Codec.Tests.Generated;

/// <summary>A call of a generated writer.</summary>
/// <param name="Token">The token that it writes, as errors name it.</param>
/// <param name="Allowed">The tokens that may come in its place, itself included.</param>
/// <param name="Write">Makes the call on a writer that goes on where the one before stopped.</param>
public sealed record WriterCall(string Token, string[] Allowed, Action Write);
