namespace Nario.Ksy.Model;

/// <summary>A specification file.</summary>
/// <param name="Id">Its <c>meta/id</c>.</param>
/// <param name="File">Its path.</param>
/// <param name="Title">Its title, or null.</param>
/// <param name="Imports">Ids of the specifications that it imports itself.</param>
/// <param name="IsDebug"><c>ks-debug</c>: constructing an object does not read it.</param>
/// <param name="Root">Its own type, which holds all others.</param>
public sealed record SpecUnit(
    string Id,
    string File,
    string? Title,
    ValueList<string> Imports,
    bool IsDebug,
    TypeModel Root);
