using System.Reflection;
using Nario.Store.Tests.Local.Locks;
using Nario.Store.Tests.Local.Trees;
using Nario.Testing;

namespace Nario.Store.Tests.Local;

/// <summary>
/// Runs the tests of the store once more as a user without rights, since root is refused nothing: where root may
/// write into a read-only directory, a user may not.
/// </summary>
public sealed class UnprivilegedTests
{
    private static readonly IReadOnlyList<Type> Classes =
    [
        typeof(TreeRestorerTests), typeof(TreeWalkerTests), typeof(TreeRemoverTests), typeof(LocalStoreTests),
        typeof(StoreLayoutTests), typeof(StoreSharingTests), typeof(PathLockTests), typeof(TempRootsTests),
    ];

    public static IEnumerable<object[]> Tests =>
        Classes.SelectMany(static type => FindTests(type), static (type, method) => (object[])[type.Name, method.Name]);

    [RootTheory]
    [MemberData(nameof(Tests))]
    public void Passes_without_rights(string className, string methodName)
    {
        Type type = Classes.Single(type => type.Name == className);
        MethodInfo method = FindTests(type).Single(method => method.Name == methodName);

        // The first run loads what the other user may not be able to read.
        Run(type, method);
        OwnThread.RunAsNobody(() => Run(type, method));
    }

    private static IEnumerable<MethodInfo> FindTests(Type type) =>
        type.GetMethods().Where(static method => method.GetCustomAttributes().Any(
            static attribute => attribute.GetType() == typeof(FactAttribute)
                || attribute.GetType() == typeof(TheoryAttribute)));

    private static void Run(Type type, MethodInfo method)
    {
        IEnumerable<object?[]> rows = method.GetParameters().Length == 0
            ? [[]]
            : method.GetCustomAttributes<InlineDataAttribute>().SelectMany(attribute => attribute.GetData(method));
        foreach (object?[] row in rows)
        {
            object test = Activator.CreateInstance(type)!;
            using (test as IDisposable)
            {
                method.Invoke(test, BindingFlags.DoNotWrapExceptions, null, row, null);
            }
        }
    }
}
