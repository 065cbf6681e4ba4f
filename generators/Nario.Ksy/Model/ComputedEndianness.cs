namespace Nario.Ksy.Model;

/// <summary>
/// A byte order that is known only when an object is read. The hierarchy is closed: a dispatch names every case and
/// throws for any other.
/// </summary>
public abstract record ComputedEndianness;

/// <summary>Computed before the first field, by a switch.</summary>
/// <param name="On">The value.</param>
/// <param name="Cases">
/// Compared in turn; when none fits, the first number that needs an order is an error (undecided endianness).
/// </param>
public sealed record SwitchedEndianness(BoundExpression On, ValueList<EndiannessCase> Cases) : ComputedEndianness;

/// <summary>That of the object that contains this one, which hands it on.</summary>
public sealed record InheritedEndianness : ComputedEndianness;

/// <summary>A case of a <see cref="SwitchedEndianness"/>.</summary>
/// <param name="Value">What the value is compared with; null for the default, which is the last.</param>
/// <param name="Order"><see cref="ByteOrder.Little"/> or <see cref="ByteOrder.Big"/>.</param>
public sealed record EndiannessCase(BoundExpression? Value, ByteOrder Order);
