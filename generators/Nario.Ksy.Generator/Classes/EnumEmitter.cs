using System.Globalization;
using Nario.Ksy.Generator.Emit;
using Nario.Ksy.Model;

namespace Nario.Ksy.Generator.Classes;

/// <summary>Writes an enumeration.</summary>
internal static class EnumEmitter
{
    public static void Emit(ClassUnit unit, EnumModel item, SourceWriter writer)
    {
        writer.Summary(item.Doc, $"The enumeration {item.Id}.");
        using (writer.Block($"public enum {unit.Names.Enum(item.Id)} : {CSharpTypes.Integer(item.Underlying)}"))
        {
            bool isFirst = true;
            foreach (EnumMember member in item.Members)
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                writer.Summary(member.Doc, member.Label);
                string value = member.Value.ToString(CultureInfo.InvariantCulture);
                writer.Line($"{unit.Names.Label(item.Id, member.Label)} = {value},");
            }
        }
    }
}
