namespace Nario.Ksy.Diagnostics;

/// <summary>A stretch of a specification's text.</summary>
/// <param name="Start">Index of the first UTF-16 code unit, from 0.</param>
/// <param name="Length">Number of UTF-16 code units; may be 0.</param>
/// <param name="Line">Line of the first code unit, from 0.</param>
/// <param name="Column">Column of the first code unit in UTF-16 code units, from 0.</param>
/// <param name="EndLine">Line just after the last code unit, from 0.</param>
/// <param name="EndColumn">Column just after the last code unit, from 0.</param>
public readonly record struct SourceSpan(int Start, int Length, int Line, int Column, int EndLine, int EndColumn);
