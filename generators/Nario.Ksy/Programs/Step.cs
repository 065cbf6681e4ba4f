namespace Nario.Ksy.Programs;

/// <summary>Reads or writes something of bounded size.</summary>
/// <param name="Field">Identifier of the field.</param>
public abstract record Step(string Field)
{
    /// <summary>Where what is read goes, or null when it is always the same.</summary>
    public Slot? Target => this switch
    {
        NumberStep number => number.Slot,
        BytesStep bytes => bytes.Slot,
        ChoiceStep choice => choice.Slot,
        RecordStep record => record.Slot,
        _ => null,
    };
}
