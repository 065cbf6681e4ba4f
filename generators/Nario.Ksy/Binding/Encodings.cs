using Nario.Ksy.Diagnostics;

namespace Nario.Ksy.Binding;

/// <summary>The encodings that the language knows by name (the names of IANA's registry).</summary>
internal static class Encodings
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["ASCII"] = ["US-ASCII", "US_ASCII", "IBM367", "CP367", "CSASCII"],
        ["UTF-8"] = ["UTF8", "UTF_8"],
        ["UTF-16LE"] = ["UTF16LE", "UTF_16LE", "UTF-16-LE"],
        ["UTF-16BE"] = ["UTF16BE", "UTF_16BE", "UTF-16-BE"],
        ["UTF-32LE"] = ["UTF32LE", "UTF_32LE", "UTF-32-LE"],
        ["UTF-32BE"] = ["UTF32BE", "UTF_32BE", "UTF-32-BE"],
        ["ISO-8859-1"] = ["ISO8859-1", "ISO_8859-1", "ISO8859_1", "LATIN1", "L1", "IBM819", "CP819"],
        ["ISO-8859-2"] = ["ISO8859-2", "ISO_8859-2", "ISO8859_2", "LATIN2", "L2"],
        ["ISO-8859-3"] = ["ISO8859-3", "ISO_8859-3", "ISO8859_3", "LATIN3", "L3"],
        ["ISO-8859-4"] = ["ISO8859-4", "ISO_8859-4", "ISO8859_4", "LATIN4", "L4"],
        ["ISO-8859-5"] = ["ISO8859-5", "ISO_8859-5", "ISO8859_5", "CYRILLIC"],
        ["ISO-8859-6"] = ["ISO8859-6", "ISO_8859-6", "ISO8859_6", "ARABIC"],
        ["ISO-8859-7"] = ["ISO8859-7", "ISO_8859-7", "ISO8859_7", "GREEK"],
        ["ISO-8859-8"] = ["ISO8859-8", "ISO_8859-8", "ISO8859_8", "HEBREW"],
        ["ISO-8859-9"] = ["ISO8859-9", "ISO_8859-9", "ISO8859_9", "LATIN5", "L5"],
        ["ISO-8859-10"] = ["ISO8859-10", "ISO_8859-10", "ISO8859_10", "LATIN6", "L6"],
        ["ISO-8859-11"] = ["ISO8859-11", "ISO_8859-11", "ISO8859_11", "TIS-620"],
        ["ISO-8859-13"] = ["ISO8859-13", "ISO_8859-13", "ISO8859_13", "LATIN7", "L7"],
        ["ISO-8859-14"] = ["ISO8859-14", "ISO_8859-14", "ISO8859_14", "LATIN8", "L8"],
        ["ISO-8859-15"] = ["ISO8859-15", "ISO_8859-15", "ISO8859_15", "LATIN9", "L9"],
        ["ISO-8859-16"] = ["ISO8859-16", "ISO_8859-16", "ISO8859_16", "LATIN10", "L10"],
        ["windows-1250"] = ["CP1250"],
        ["windows-1251"] = ["CP1251"],
        ["windows-1252"] = ["CP1252"],
        ["windows-1253"] = ["CP1253"],
        ["windows-1254"] = ["CP1254"],
        ["windows-1255"] = ["CP1255"],
        ["windows-1256"] = ["CP1256"],
        ["windows-1257"] = ["CP1257"],
        ["windows-1258"] = ["CP1258"],
        ["IBM437"] = ["CP437", "437"],
        ["IBM866"] = ["CP866", "866"],
        ["Shift_JIS"] = ["SJIS", "SHIFT-JIS", "MS_KANJI"],
        ["Big5"] = ["BIG-5", "CN-BIG5"],
        ["EUC-KR"] = ["EUCKR", "EUC_KR"],
        ["EUC-JP"] = ["EUCJP", "EUC_JP"],
        ["GB2312"] = ["CSGB2312"],
        ["GBK"] = ["CP936"],
        ["GB18030"] = [],
    };

    private static readonly Dictionary<string, string> Canonical = Index();

    /// <summary>Gets the encoding's own name; warns of one that is not known, and of another name.</summary>
    public static string Check(string name, SourceSpan place, DiagnosticBag diagnostics)
    {
        if (!Canonical.TryGetValue(name, out string? canonical))
        {
            diagnostics.Report(BindingRules.UnknownEncoding, place, name);
            return name;
        }

        if (canonical != name)
        {
            diagnostics.Report(BindingRules.EncodingAlias, place, name, canonical);
        }

        return canonical;
    }

    /// <summary>Gets the encoding's own name where it has one.</summary>
    public static string Find(string name) => Canonical.TryGetValue(name, out string? canonical) ? canonical : name;

    /// <summary>Gets the bytes of a code unit of an encoding, the terminator of its strings.</summary>
    public static int UnitSize(string name) =>
        name.StartsWith("UTF-16", StringComparison.OrdinalIgnoreCase) ? 2
        : name.StartsWith("UTF-32", StringComparison.OrdinalIgnoreCase) ? 4
        : 1;

    private static Dictionary<string, string> Index()
    {
        Dictionary<string, string> index = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string[]> pair in Names)
        {
            index.Add(pair.Key, pair.Key);
            foreach (string alias in pair.Value)
            {
                index.Add(alias, pair.Key);
            }
        }

        return index;
    }
}
