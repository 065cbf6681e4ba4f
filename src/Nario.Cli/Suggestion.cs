namespace Nario.Cli;

/// <summary>Finds what a user may have meant by a word that is none of those that are known.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 2;

    /// <summary>Gets the end of an error line; empty when nothing is close.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The words that are known.</param>
    public static string For(string word, IEnumerable<string> known) =>
        Find(word, known) is { } close ? $"; did you mean '{close}'?" : string.Empty;

    /// <summary>Gets the known word that is closest: few letters are changed, added, left out or swapped, or it is
    /// shortened (<c>ls</c>, <c>exp</c>); null when none is close.</summary>
    internal static string? Find(string word, IEnumerable<string> known)
    {
        int most = Math.Min(MaxDistance, word.TrimStart('-').Length / 2);
        return known
            .Select(candidate => (Word: candidate, Distance: Measure(word, candidate)))
            .Where(pair => pair.Distance <= most || IsShort(word, pair.Word))
            .OrderBy(static pair => pair.Distance)
            .ThenBy(static pair => pair.Word, StringComparer.Ordinal)
            .Select(static pair => pair.Word)
            .FirstOrDefault();
    }

    /// <summary>Whether a word consists of letters of another one, in their order, from its first on.</summary>
    private static bool IsShort(string word, string whole)
    {
        if (word.Length < 2 || word[0] == '-' || whole.Length == 0 || word[0] != whole[0])
        {
            return false;
        }

        int next = 0;
        foreach (char letter in word)
        {
            next = whole.IndexOf(letter, next) + 1;
            if (next == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts the changes that lead from one word to another: a letter is put in, taken out or replaced, or
    /// two neighbours are swapped.</summary>
    private static int Measure(string left, string right)
    {
        int[,] distances = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                int replaced = distances[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, 1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
                bool isSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                distances[i, j] = isSwapped ? Math.Min(best, 1 + distances[i - 2, j - 2]) : best;
            }
        }

        return distances[left.Length, right.Length];
    }
}
