using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;
using Nario.Ksy.Interpretation;
using Nario.Ksy.Model;
using Nario.Ksy.Runtime;
using Nario.Ksy.Syntax;

namespace Nario.Kaitai.Tests;

/// <summary>Compiles the specification of a test, reads its input, and compares.</summary>
internal sealed class KstRunner(SpecFolder formats, string inputs)
{
    private const double Tolerance = 1e-6;

    private static readonly Lazy<string> Consumer = new(() =>
    {
        using StreamReader reader = new(
            typeof(KstRunner).Assembly.GetManifestResourceStream("Processes.cs")
            ?? throw new InvalidOperationException("The consumer's source is missing."));
        return reader.ReadToEnd();
    });

    /// <summary>C# that has what the tests' specifications expect of a program.</summary>
    public static string ConsumerSource => Consumer.Value;

    /// <summary>Runs a test and gives what is wrong, or null.</summary>
    public string? Run(KstFile test)
    {
        string path = Path.Combine(formats.Root, test.Id + ".ksy");
        string text = File.ReadAllText(path);
        SpecText[] specs = [.. formats.Closure(path, KstSpecification.Extend(text, test))];
        GeneratorRunResult result = ClassGenerator.Run(specs);
        if (result.Diagnostics.FirstOrDefault(item => item.Severity == DiagnosticSeverity.Error) is { } refused)
        {
            return $"refused: {refused}";
        }

        bool usesProcess = result.GeneratedSources.Any(source =>
            source.SourceText.ToString().Contains("KsyProcess.Decode(", StringComparison.Ordinal));
        using MemoryStream image = new();
        IEnumerable<Diagnostic> errors = ClassGenerator.Compile(result, usesProcess ? [ConsumerSource] : [], image);
        if (errors.FirstOrDefault() is { } error)
        {
            return $"C#: {error}";
        }

        AssemblyLoadContext context = new(test.Id, isCollectible: true);
        try
        {
            image.Position = 0;
            Assembly assembly = context.LoadFromStream(image);
            Type? type = assembly.GetType(
                $"{ClassGenerator.Namespace}.{ClassGenerator.TypeName(test.Id)}");
            byte[] input = File.ReadAllBytes(Path.Combine(inputs, test.Data));
            return type?.GetMethod("FromBytes") is null
                ? "no class"
                : Check(test, type, input) ?? CompareInterpreter(specs, type, input);
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>
    /// Reads the same input with the interpreter, and gives what it finds otherwise than the class, or null.
    /// </summary>
    private static string? CompareInterpreter(SpecText[] specs, Type type, byte[] input)
    {
        SpecSource[] sources = [.. specs.Select(spec => new SpecSource(spec.Path, spec.GetText().ToString()))];
        if (Bind(sources[0], sources) is not { } model)
        {
            return "no model";
        }

        Interpreter interpreter = new(model, new InterpreterOptions
        {
            Process = InterpretedProcesses.Find,
            OpaqueType = name => sources
                .Where(source => Path.GetFileNameWithoutExtension(source.File) == name)
                .Select(source => Bind(source, sources)).FirstOrDefault(),
        });
        ParsedObject parsed = interpreter.Read(KsyInput.FromBytes(input), out KsyFormatException? error);
        try
        {
            object instance = ClassGenerator.Read(type, input);
            if (error is not null)
            {
                // An object that is made for debugging is there all the same.
                return model.Main.IsDebug ? null : $"the interpreter: {error.Message}";
            }

            return ObjectTree.Difference(ObjectTree.Of(instance), ObjectTree.Of(parsed)) is { } found
                ? $"the interpreter: {found}"
                : null;
        }
        catch (TargetInvocationException exception)
        {
            return KindOf(exception) == $"{error?.Kind}Error"
                ? null : $"the interpreter: {error?.Message ?? "no error"}";
        }
    }

    private static SpecModel? Bind(SpecSource main, SpecSource[] files) => Ksy.Binding.Binder.Bind(main, files).Model;

    private static string? Check(KstFile test, Type type, byte[] input)
    {
        object instance;
        try
        {
            instance = ClassGenerator.Read(type, input, isWhole: test.Exception is not null);
        }
        catch (TargetInvocationException exception)
        {
            string kind = KindOf(exception);
            return kind == test.Exception ? null : $"{kind}: {exception.InnerException!.Message}";
        }

        if (test.Exception is not null)
        {
            return $"no {test.Exception}";
        }

        List<string> wrong = [];
        for (int index = 0; index < test.Asserts.Count; index++)
        {
            KstAssert assert = test.Asserts[index];
            string expected = assert.Exception ?? Evaluate(instance, "kst_e", index);
            string actual = Evaluate(instance, "kst_a", index);
            if (assert.Exception is not null ? actual != expected : !IsEqual(index, instance, assert))
            {
                wrong.Add($"{assert.Actual} is {actual}, not {expected}");
            }
        }

        return wrong.Count == 0 ? null : string.Join("; ", wrong);
    }

    private static bool IsEqual(int index, object instance, KstAssert assert)
    {
        try
        {
            object? actual = ClassGenerator.Get(instance, KstSpecification.Name("kst_a", index));
            return assert.Expected == "null"
                ? actual is null
                : IsEqual(actual, ClassGenerator.Get(instance, KstSpecification.Name("kst_e", index)));
        }
        catch (TargetInvocationException)
        {
            return false;
        }
    }

    private static string Evaluate(object instance, string prefix, int index)
    {
        try
        {
            return ClassGenerator.Get(instance, KstSpecification.Name(prefix, index)) switch
            {
                null => "null",
                byte[] bytes => Convert.ToHexString(bytes),
                object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
        }
        catch (TargetInvocationException exception)
        {
            return KindOf(exception);
        }
        catch (MissingMemberException)
        {
            return "null";
        }
    }

    /// <summary>Gives the suite's name of an error, or the type's name of one that is not about the input.</summary>
    private static string KindOf(TargetInvocationException exception)
    {
        Exception inner = exception.InnerException!;
        object? kind = inner.GetType().GetProperty("Kind")?.GetValue(inner);
        return kind is null ? inner.GetType().Name : $"{kind}Error";
    }

    /// <summary>Compares by value: numbers of different types, bytes and lists element by element.</summary>
    private static bool IsEqual(object? actual, object? expected) => (actual, expected) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        (Enum a, Enum b) => a.Equals(b),
        (IEnumerable a, IEnumerable b) when actual is not string && expected is not string =>
            IsEqual(a.Cast<object?>().ToArray(), b.Cast<object?>().ToArray()),
        (double or float, IConvertible) or (IConvertible, double or float) =>
            Math.Abs(ToDouble(actual) - ToDouble(expected)) < Tolerance,
        (IConvertible, IConvertible) when actual is not string && expected is not string
            && actual is not bool && expected is not bool =>
            Convert.ToDecimal(actual, CultureInfo.InvariantCulture)
                == Convert.ToDecimal(expected, CultureInfo.InvariantCulture),
        _ => false,
    };

    private static bool IsEqual(object?[] actual, object?[] expected) =>
        actual.Length == expected.Length && actual.Zip(expected).All(pair => IsEqual(pair.First, pair.Second));

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
