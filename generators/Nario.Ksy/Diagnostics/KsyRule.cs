namespace Nario.Ksy.Diagnostics;

/// <summary>A kind of diagnostic, with an identifier that is never reused.</summary>
/// <param name="Id">Identifier, <c>KSY</c> and four digits.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="MessageFormat">Message with <c>{0}</c> placeholders.</param>
/// <param name="Severity">How grave it is.</param>
public sealed record KsyRule(string Id, string Title, string MessageFormat, KsySeverity Severity = KsySeverity.Error);
