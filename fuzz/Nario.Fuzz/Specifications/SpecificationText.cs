using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nario.Fuzz.Specifications;

/// <summary>A specification as the compiler hands it to a generator.</summary>
/// <param name="path">Its path.</param>
/// <param name="text">Its text.</param>
internal sealed class SpecificationText(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
