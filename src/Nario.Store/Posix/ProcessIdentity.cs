namespace Nario.Store.Posix;

/// <summary>Says who the program runs as.</summary>
internal static unsafe class ProcessIdentity
{
    /// <summary>What a group's entry takes at most; one with more members is not found.</summary>
    private const int MaxGroupLength = 1 << 20;

    private const int FirstGroupLength = 1 << 12;

    /// <summary>Gets the effective user.</summary>
    public static uint UserId => NativeMethods.GetEffectiveUserId();

    /// <summary>Gets the effective group.</summary>
    public static uint GroupId => NativeMethods.GetEffectiveGroupId();

    /// <summary>Gets whether the effective user is root.</summary>
    public static bool IsRoot => UserId == 0;

    /// <summary>Gets the number of a group.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The number, or null when there is no such group.</returns>
    public static uint? FindGroup(string name)
    {
        for (int length = FirstGroupLength; length <= MaxGroupLength; length *= 2)
        {
            fixed (byte* buffer = new byte[length])
            {
                NativeGroup group;
                NativeGroup* result = null;
                int error = NativeMethods.FindGroup(name, &group, buffer, (nuint)length, &result);
                if (error != (int)PosixError.OutOfRange)
                {
                    return result == null ? null : result->GroupId;
                }
            }
        }

        return null;
    }
}
