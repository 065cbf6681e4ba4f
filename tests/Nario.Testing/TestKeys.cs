using Nario.Store.Signatures;

namespace Nario.Testing;

/// <summary>The keys of the golden narios.</summary>
public static class TestKeys
{
    public const string Key1 = "nario-test-1:sG0rVYJke6K5oqC3E9c6pSmhpRE30Jtb4gf1NIVqtu8=";

    public const string Key2 = "nario-test-2:EmANN5pSgcVd/ZhY3h5pPQTO1xuxxhSmJ3W9wpgaJzs=";

    public const string Key3 = "nario-test-3:2sEHBYENOlw10Q3nrdnOiQfanTpK4XpZnLAfxej58k4=";

    /// <summary>The keys of case 23; two of them share a name.</summary>
    public static readonly string[] SignatureOrder =
    [
        "nario-test:IBz/O9gG/mks3yl//LR3UNkkaCGCLQuDpe39PTK0d1o=",
        "nario-test-1:JBXd9y7tFg8rdZpEHKvH/G46RsCtGqtdOuCPMxihOH0=",
        "nario-test-1:ElLj5WCK50qRB/URS8h8F70bQtQSWeuWE4pVvXP+UK0=",
        "nario-test-10:ZeBPPhBfhkjAEef2nDiKe6cDeT2VVz3UFwMXNu7PaH4=",
        "nario-test-1b:NUalOGSgztx2mSwVsJAuA7wT4Cfaa9jpY4dkkke1wPU=",
    ];

    public static TrustedKeys Trust(params string[] keys) => new(keys.Select(PublicKey.Parse));

    public static SecretKey ReadSecret(string fileName) =>
        SecretKey.Parse(File.ReadAllText(TestFiles.Golden("TEST-ONLY-secret-keys", fileName)));
}
