using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

namespace Nario.Kaitai.Tests;

/// <summary>Classes of some specifications, generated, compiled and loaded.</summary>
internal sealed class CompiledClasses : IDisposable
{
    private readonly AssemblyLoadContext _context = new("classes", isCollectible: true);
    private readonly Assembly _assembly;

    /// <summary>Compiles specifications; fails when there is an error or a warning of C#.</summary>
    public CompiledClasses(IEnumerable<SpecText> specs, params string[] consumers)
    {
        GeneratorRunResult result = ClassGenerator.Run(specs);
        Assert.Empty(result.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error));
        using MemoryStream image = new();
        Assert.Empty(ClassGenerator.Compile(result, consumers, image));
        image.Position = 0;
        _assembly = _context.LoadFromStream(image);
    }

    /// <summary>Compiles one specification.</summary>
    public CompiledClasses(string text)
        : this([new SpecText("spec.ksy", text)])
    {
    }

    /// <summary>Gets the class of a specification.</summary>
    public Type this[string id] =>
        _assembly.GetType($"{ClassGenerator.Namespace}.{ClassGenerator.TypeName(id)}", throwOnError: true)!;

    public void Dispose() => _context.Unload();

    /// <summary>Reads a stream by the specification <c>spec</c>.</summary>
    public object Read(Stream input) => this["spec"].GetMethod("FromStream")!.Invoke(null, [input])!;

    /// <summary>Reads bytes by the specification <c>spec</c>.</summary>
    public object Read(params byte[] input) =>
        this["spec"].GetMethod("FromBytes")!.Invoke(null, [new ReadOnlyMemory<byte>(input)])!;

    /// <summary>Gives the kind of the error that something ends with.</summary>
    public static string ErrorOf(Func<object?> action)
    {
        TargetInvocationException exception = Assert.Throws<TargetInvocationException>(action);
        Exception inner = exception.InnerException!;
        return inner.GetType().Name == "KsyFormatException"
            ? inner.GetType().GetProperty("Kind")!.GetValue(inner)!.ToString()!
            : inner.ToString();
    }

    /// <summary>Follows a path of names to a value.</summary>
    public static object? Get(object instance, string path) =>
        path.Split('.').Aggregate((object?)instance, (value, name) => ClassGenerator.Get(value!, name));
}
