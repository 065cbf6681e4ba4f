using System.Text;

namespace Nario.Store;

/// <summary>The characters that leave no mark on a line although their category does not say so.</summary>
/// <remarks>
/// <c>Default_Ignorable_Code_Point</c> of Unicode 17 (DerivedCoreProperties.txt), and letters and symbols whose glyph
/// is blank.
/// </remarks>
internal static class InvisibleCharacters
{
    private static readonly (int First, int Last)[] Ranges =
    [
        (0x00ad, 0x00ad), // soft hyphen
        (0x034f, 0x034f), // combining grapheme joiner
        (0x061c, 0x061c), // Arabic letter mark
        (0x115f, 0x1160), // Hangul fillers
        (0x17b4, 0x17b5), // Khmer inherent vowels
        (0x180b, 0x180f), // Mongolian variation selectors
        (0x200b, 0x200f), // zero width space and joiners, direction marks
        (0x202a, 0x202e), // embeddings and overrides
        (0x2060, 0x206f), // word joiner, invisible operators, isolates
        (0x2800, 0x2800), // Braille pattern blank
        (0x3164, 0x3164), // Hangul filler
        (0xfe00, 0xfe0f), // variation selectors
        (0xfeff, 0xfeff), // byte order mark
        (0xffa0, 0xffa0), // halfwidth Hangul filler
        (0xfff0, 0xfff8), // reserved
        (0x13441, 0x13442), // Egyptian hieroglyphs, blank
        (0x16fe4, 0x16fe4), // Khitan small script filler
        (0x1bca0, 0x1bca3), // shorthand format controls
        (0x1d159, 0x1d159), // musical symbol null notehead
        (0x1d173, 0x1d17a), // musical format controls
        (0xe0000, 0xe0fff), // tags and further variation selectors
    ];

    /// <summary>Gets whether a character is one of them.</summary>
    public static bool Contains(Rune rune)
    {
        foreach ((int first, int last) in Ranges)
        {
            if (rune.Value <= last)
            {
                return rune.Value >= first;
            }
        }

        return false;
    }
}
