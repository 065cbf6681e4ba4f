namespace Nario.Ksy.Programs;

/// <summary>A condition that must hold of what was read.</summary>
/// <param name="Field">Identifier of the field that states it.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Expected">What is expected.</param>
/// <param name="Subject">The value that is at fault when it does not hold, or null.</param>
/// <param name="Known">An enumeration whose members are known values, whether allowed or not; or null.</param>
public sealed record CheckStep(string Field, Value Condition, Description Expected, Slot? Subject, Enumeration? Known)
    : Step(Field);
