using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nario.Ksy.Generator.Tests.Harness;

/// <summary>A specification as an additional file of a compilation.</summary>
internal sealed class SpecText(string path, string text) : AdditionalText
{
    public override string Path { get; } = path;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(text, Encoding.UTF8);
}
