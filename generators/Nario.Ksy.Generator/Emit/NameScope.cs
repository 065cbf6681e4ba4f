using System.Globalization;

namespace Nario.Ksy.Generator.Emit;

/// <summary>Hands out the names of one scope of C#, each once: a name that is in use already gets a number.</summary>
internal sealed class NameScope(IEnumerable<string> taken, StringComparer? comparer = null)
{
    private readonly HashSet<string> _taken = new(taken, comparer ?? StringComparer.Ordinal);

    /// <summary>Gets the name if it is free, else the name with the least number that makes it so.</summary>
    public string Claim(string name)
    {
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
        {
            free = name.TrimStart('@') + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }
}
