namespace Nario.Ksy.Programs;

/// <summary>A checked expression over slots.</summary>
public abstract record Value;
