using System.Runtime.CompilerServices;

namespace Kedge.Model;

/// <summary>
/// Which bug the code of this thread has now. Only in builds with <c>-p:PlantedBugs=true</c>, which never leave the machine they were made on.
/// A simulated lane runs on one thread, so that lanes beside each other may have different bugs.
/// </summary>
public static class PlantedBugs
{
    [ThreadStatic]
    private static PlantedBug active;

    [ThreadStatic]
    private static string? where;

    /// <summary>The bug of this thread.</summary>
    public static PlantedBug Active
    {
        get => active;
        set => (active, where) = (value, null);
    }

    /// <summary>The file in which the bug of this thread was come by last; null when it was not.</summary>
    public static string? Where => where;

    /// <summary>Whether this thread has a bug.</summary>
    /// <param name="bug">Which.</param>
    /// <param name="file">The compiler says.</param>
    public static bool IsPlanted(PlantedBug bug, [CallerFilePath] string file = "")
    {
        if (active != bug)
        {
            return false;
        }

        where = Path.GetFileName(file);
        return true;
    }
}
