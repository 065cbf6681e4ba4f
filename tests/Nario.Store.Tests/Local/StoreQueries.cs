namespace Nario.Store.Tests.Local;

/// <summary>Queries that show what a store says of its paths, but for numbers of rows and times.</summary>
internal static class StoreQueries
{
    internal const string Paths =
        """
        select path, hash, deriver, narSize, ultimate, sigs, ca,
          typeof(hash), typeof(registrationTime), typeof(deriver), typeof(narSize), typeof(ultimate), typeof(sigs),
          typeof(ca)
        from ValidPaths order by path
        """;

    internal const string References =
        """
        select a.path, b.path from Refs join ValidPaths a on a.id = referrer join ValidPaths b on b.id = reference
        order by 1, 2
        """;

    internal const string DerivationOutputs =
        "select p.path, o.id, o.path from DerivationOutputs o join ValidPaths p on p.id = drv order by 1, 2";

    internal static readonly string[] All = [Paths, References, DerivationOutputs];
}
