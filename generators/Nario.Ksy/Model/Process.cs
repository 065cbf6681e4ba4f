namespace Nario.Ksy.Model;

/// <summary>
/// What turns bytes of the input into the bytes of the value. The hierarchy is closed: a dispatch names every case and
/// throws for any other.
/// </summary>
public abstract record Process;

/// <summary>Exclusive or with a key.</summary>
/// <param name="Key">An integer of 0 to 255, or bytes that are repeated.</param>
public sealed record XorProcess(BoundExpression Key) : Process;

/// <summary>Rotates the bits of every byte.</summary>
/// <param name="Amount">Number of bits.</param>
/// <param name="IsLeft">To the left (<c>rol</c>) rather than to the right (<c>ror</c>).</param>
public sealed record RotateProcess(BoundExpression Amount, bool IsLeft) : Process;

/// <summary>Decompresses a zlib stream (RFC 1950).</summary>
public sealed record ZlibProcess : Process;

/// <summary>A routine of the user's program.</summary>
/// <param name="Name">Its name, as written, at the dots.</param>
/// <param name="Arguments">What it is given.</param>
public sealed record CustomProcess(ValueList<string> Name, ValueList<BoundExpression> Arguments) : Process;
