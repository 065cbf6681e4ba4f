using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Nario.Ksy.Generator.Tests.Harness;

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
            source.SourceText.ToString().Contains("IKsyProcess", StringComparison.Ordinal));
        using MemoryStream image = new();
        IEnumerable<Diagnostic> errors = ClassGenerator.Compile(result, usesProcess ? [Consumer.Value] : [], image);
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
            return type?.GetMethod("FromBytes") is null
                ? "no class"
                : Check(test, type, File.ReadAllBytes(Path.Combine(inputs, test.Data)));
        }
        finally
        {
            context.Unload();
        }
    }

    private static string? Check(KstFile test, Type type, byte[] input)
    {
        object instance;
        try
        {
            instance = ClassGenerator.Read(type, input);
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
            && actual is not bool && expected is not bool && actual is Enum == expected is Enum =>
            Convert.ToDecimal(actual, CultureInfo.InvariantCulture)
                == Convert.ToDecimal(expected, CultureInfo.InvariantCulture),
        _ => false,
    };

    private static bool IsEqual(object?[] actual, object?[] expected) =>
        actual.Length == expected.Length && actual.Zip(expected).All(pair => IsEqual(pair.First, pair.Second));

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
