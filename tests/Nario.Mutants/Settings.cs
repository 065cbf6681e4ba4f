using System.Globalization;

namespace Nario.Mutants;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    public const string Usage =
        "usage: run [--area NAME]... [--sample N] [--seed N] [--workers N] [--budget SECONDS] "
        + "[--only FILE[:LINE]]... [--ids N,N…] [--tests PART-OF-NAME] [--list]";

    public List<string> Areas { get; } = [];

    /// <summary>Gets how many mutants of each area are tried; all when there are fewer.</summary>
    public int Sample { get; private set; } = int.MaxValue;

    /// <summary>Gets what decides which ones.</summary>
    public int Seed { get; private set; } = 1;

    public int Workers { get; private set; } = 2;

    /// <summary>Gets how long the tests of one mutant may take together.</summary>
    public TimeSpan Budget { get; private set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets beginnings of places to which to keep.</summary>
    public List<string> Places { get; } = [];

    /// <summary>Gets something that the names of tests must have in them.</summary>
    public string Tests { get; private set; } = "";

    /// <summary>Gets the numbers of the mutants to keep to.</summary>
    public HashSet<int> Ids { get; } = [];

    public bool IsList { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">There is no such option, or its value is missing.</exception>
    public static Settings Parse(string[] arguments)
    {
        Settings settings = new();
        Queue<string> words = new(arguments);
        while (words.TryDequeue(out string? option))
        {
            switch (option)
            {
                case "--area":
                    settings.Areas.Add(Value());
                    break;
                case "--sample":
                    settings.Sample = Number();
                    break;
                case "--seed":
                    settings.Seed = Number();
                    break;
                case "--workers":
                    settings.Workers = Number();
                    break;
                case "--budget":
                    settings.Budget = TimeSpan.FromSeconds(Number());
                    break;
                case "--only":
                    settings.Places.Add(Value());
                    break;
                case "--tests":
                    settings.Tests = Value();
                    break;
                case "--ids":
                    settings.Ids.UnionWith(Value().Split(',').Select(static id => int.Parse(id, CultureInfo.InvariantCulture)));
                    break;
                case "--list":
                    settings.IsList = true;
                    break;
                default:
                    throw new FormatException(Usage);
            }

            string Value() => words.TryDequeue(out string? value) ? value : throw new FormatException(Usage);

            int Number() => int.Parse(Value(), CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
