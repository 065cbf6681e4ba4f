using Nario.Store;

namespace Nario.Flakes.References;

/// <summary>Says what is wrong with a flake reference, and where in its text.</summary>
public sealed class FlakeReferenceException : StoreException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">The line for the user, text from outside in it escaped.</param>
    /// <param name="column">The place in the reference, in UTF-16 units from 1; 0 when the whole reference is meant.</param>
    public FlakeReferenceException(string message, int column)
        : base(message) => Column = column;

    /// <summary>Gets the place in the reference, in UTF-16 units from 1; 0 when the whole reference is meant.</summary>
    public int Column { get; }

    /// <summary>Gets whether the text may still be a path.</summary>
    internal bool MayBePath { get; init; }

    /// <summary>Makes an error that leaves open whether the text is a path; its message ends in the column.</summary>
    internal static FlakeReferenceException At(string message, int column) =>
        new(column > 0 ? $"{message} (column {column})" : message, column) { MayBePath = true };
}
