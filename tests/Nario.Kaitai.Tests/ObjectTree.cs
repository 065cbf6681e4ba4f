using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Nario.Ksy.Interpretation;
using Nario.Ksy.Runtime;

namespace Nario.Kaitai.Tests;

/// <summary>
/// Writes a parsed object as a tree in the manner of the oracle: all members evaluated, in the order of their names;
/// bytes as <c>$bytes</c>, an object that is met again as <c>$seen</c>, a member that cannot be read as <c>$error</c>.
/// </summary>
internal sealed class ObjectTree
{
    /// <summary>
    /// Deepest objects that are written; instances can lead from one new object to the next without end.
    /// </summary>
    private const int MaxDepth = 24;

    /// <summary>Most objects that are written.</summary>
    private const int MaxObjects = 20_000;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    private int _depth;

    /// <summary>Writes an object of a generated class, or of the interpreter.</summary>
    public static JsonNode? Of(object instance) => new ObjectTree().Write(instance);

    /// <summary>Gives the first place where two trees differ, or null.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path = "")
    {
        switch (expected, actual)
        {
            case (JsonObject a, JsonObject b):
                if (a.ContainsKey("$error") && b.ContainsKey("$error"))
                {
                    return null;
                }

                string[] names = [.. a.Select(pair => pair.Key).Union(b.Select(pair => pair.Key))];

                // Where a condition does not hold, an object in JavaScript has no such member, and ours has none with
                // a value.
                return names.Where(name => a.ContainsKey(name) || b[name] is not null)
                    .Select(name => a.ContainsKey(name) && b.ContainsKey(name)
                        ? Difference(a[name], b[name], $"{path}/{name}")
                        : $"{path}/{name} is {(a.ContainsKey(name) ? "missing" : "too much")}: "
                            + $"{a.ToJsonString()[..Math.Min(200, a.ToJsonString().Length)]}")
                    .FirstOrDefault(found => found is not null);
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                return a.Select((item, index) => Difference(item, b[index], $"{path}/{index}"))
                    .FirstOrDefault(found => found is not null);
            case (JsonValue a, JsonValue b) when Number(a) is { } left && Number(b) is { } right:
                return Math.Abs(left - right) <= Math.Abs(left) * 1e-6 ? null : $"{path} is {right}, not {left}";
            default:
                return JsonNode.DeepEquals(expected, actual)
                    ? null
                    : $"{path} is {Shown(actual)}, not {Shown(expected)}";
        }
    }

    private static string Shown(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length > 200 ? text[..200] : text;
    }

    private static double? Number(JsonValue value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : null;

    private JsonNode? Write(object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case object when value.GetType().Name == nameof(KsyInput):
                return null;
            case EnumValue item:
                return JsonValue.Create((decimal)item.Value);
            case Int128 wide:
                return JsonValue.Create((decimal)wide);
            case string text:
                return JsonValue.Create(text);
            case bool flag:
                return JsonValue.Create(flag);
            case byte[] bytes:
                return new JsonObject { ["$bytes"] = Convert.ToHexStringLower(bytes) };
            case Enum item:
                return JsonValue.Create(Convert.ToDecimal(item, CultureInfo.InvariantCulture));
            case float or double:
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return double.IsNaN(number) ? null : JsonValue.Create(number);
            case IConvertible integer:
                return JsonValue.Create(integer.ToDecimal(CultureInfo.InvariantCulture));
            case IEnumerable list:
                return new JsonArray([.. list.Cast<object?>().Select(Write)]);
        }

        if (_depth == MaxDepth || _seen.Count == MaxObjects)
        {
            return new JsonObject { ["$deep"] = true };
        }

        if (!_seen.Add(value))
        {
            return new JsonObject { ["$seen"] = true };
        }

        JsonObject result = [];
        _depth++;
        foreach ((string name, Func<object?> get) in value is ParsedObject parsed ? Members(parsed) : Members(value))
        {
            try
            {
                result[name] = Write(get());
            }
            catch (Exception exception) when (exception is FormatException
                || exception.InnerException is FormatException)
            {
                result[name] = new JsonObject { ["$error"] = (exception.InnerException ?? exception).Message };
            }
        }

        _depth--;
        return result;
    }

    private static IEnumerable<(string Name, Func<object?> Get)> Members(ParsedObject item) => item.MemberNames
        .Select(name => (Camel(ClassGenerator.Pascal(name)), new Func<object?>(() => item[name])))
        .OrderBy(member => member.Item1, StringComparer.Ordinal);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static IEnumerable<(string Name, Func<object?> Get)> Members(object item) => item.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => !property.Name.StartsWith("Ksy", StringComparison.Ordinal))
        .Select(property => (Camel(property.Name), new Func<object?>(() => property.GetValue(item))))
        .OrderBy(member => member.Item1, StringComparer.Ordinal);
}
