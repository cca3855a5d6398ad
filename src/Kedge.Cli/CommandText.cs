namespace Kedge.Cli;

/// <summary>The command that repeats a run: the arguments that change the result, without where output goes.</summary>
internal static class CommandText
{
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--output",
        "--export-trades",
        "--export-fills",
        "--html",
        "--journal",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "--json",
        "--quiet",
        "--debug",
        "--trades",
        "--equity-curve",
        "--no-cache",
    };

    /// <summary>Rebuilds the command; folders of absolute paths are left out, they mean nothing elsewhere.</summary>
    public static string Of(IEnumerable<string> arguments)
    {
        List<string> kept = ["kedge"];
        bool skip = false;
        foreach (string argument in arguments)
        {
            if (skip)
            {
                skip = false;
                continue;
            }

            string name = argument.Split('=', 2)[0];
            if (Valued.Contains(name))
            {
                skip = !argument.Contains('=', StringComparison.Ordinal);
                continue;
            }

            if (!Flags.Contains(argument))
            {
                kept.Add(Quote(WithoutFolders(argument)));
            }
        }

        return string.Join(' ', kept);
    }

    private static string WithoutFolders(string argument)
    {
        string[] option = argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument];
        string[] paths = option[^1].Split(',');
        for (int i = 0; i < paths.Length; i++)
        {
            if (Path.IsPathRooted(paths[i]))
            {
                paths[i] = Path.GetFileName(Path.TrimEndingDirectorySeparator(paths[i]));
            }
        }

        option[^1] = string.Join(',', paths);
        return string.Join('=', option);
    }

    private static string Quote(string argument) =>
        argument.Length > 0
        && !argument.Any(c => char.IsWhiteSpace(c) || c is '\'' or '"' or '$' or '*' or '(' or ')' or ';' or '&')
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
