using Nario.Ksy.Programs;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Writes how bytes are told to be one of the strings of an enumeration.</summary>
internal static class ChoiceEmitter
{
    /// <summary>Sets a variable to the member that some bytes spell.</summary>
    /// <param name="writer">Takes the code.</param>
    /// <param name="types">The names of types.</param>
    /// <param name="enumeration">The strings.</param>
    /// <param name="text">The variable that holds the bytes.</param>
    /// <param name="target">The variable that is set.</param>
    /// <param name="fail">The statement for other bytes.</param>
    public static void Emit(
        SourceWriter writer,
        TypeNames types,
        Enumeration enumeration,
        string text,
        string target,
        string fail)
    {
        string head = "if";
        foreach (EnumerationMember member in enumeration.Members)
        {
            writer.Open($"{head} ({text}.SequenceEqual({Literals.Utf8(member.Label)}))");
            writer.Line($"{target} = {types.Qualified(enumeration, member)};");
            writer.Close();
            head = "else if";
        }

        writer.Open("else");
        writer.Line(fail);
        writer.Close();
        writer.Line();
    }
}
