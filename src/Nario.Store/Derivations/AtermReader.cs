using System.Buffers;
using System.Text;

namespace Nario.Store.Derivations;

/// <summary>Reads the few forms of the ATerm language that derivations are written in, front to back.</summary>
/// <remarks>Its errors are the part of the line that comes after the name of the derivation.</remarks>
internal ref struct AtermReader(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Gets how many bytes are still to be read.</summary>
    internal readonly int Remaining => _rest.Length;

    /// <summary>Passes over a token.</summary>
    internal void Expect(ReadOnlySpan<byte> token)
    {
        if (!TrySkip(token))
        {
            throw new FormatException($"expected string '{Encoding.ASCII.GetString(token)}'");
        }
    }

    /// <summary>Passes over a token, if it comes next.</summary>
    internal bool TrySkip(ReadOnlySpan<byte> token)
    {
        bool present = _rest.StartsWith(token);
        _rest = present ? _rest[token.Length..] : _rest;
        return present;
    }

    /// <summary>Passes over the comma before an item of a list, or over the list's end.</summary>
    /// <param name="first">True before the first item, which has no comma; false after the call.</param>
    /// <returns>Whether an item follows.</returns>
    internal bool NextItem(ref bool first)
    {
        if (TrySkip("]"u8))
        {
            return false;
        }

        if (!first)
        {
            Expect(","u8);
        }

        first = false;
        return true;
    }

    /// <summary>Reads a string.</summary>
    internal AtermString ReadString()
    {
        Expect("\""u8);
        int length = 0;
        while (true)
        {
            int end = _rest[length..].IndexOfAny(StringEnds);
            bool isEscape = end >= 0 && _rest[length + end] == (byte)'\\';
            if (end < 0 || (isEscape && length + end + 1 == _rest.Length))
            {
                throw new FormatException("a string has no end");
            }

            length += end;
            if (!isEscape)
            {
                AtermString value = new(_rest[..length]);
                _rest = _rest[(length + 1)..];
                return value;
            }

            length += 2;
        }
    }

    /// <summary>Passes over a list of strings.</summary>
    internal void SkipStrings()
    {
        Expect("["u8);
        bool first = true;
        while (NextItem(ref first))
        {
            ReadString();
        }
    }
}
