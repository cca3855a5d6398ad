namespace Kedge.Cli.Commands;

/// <summary>Spellings of an earlier command line: <c>sweep --tpe</c> is <c>tune</c>, <c>sweep --gpu</c> is <c>sweep run --executor gpu</c>.</summary>
internal static class SweepAliases
{
    private const string Tpe = "--tpe";
    private const string Gpu = "--gpu";

    /// <summary>The arguments as they are spelt now.</summary>
    public static string[] Apply(string[] args)
    {
        if (args is not ["sweep", ..] || !args.Any(a => a is Tpe or Gpu))
        {
            return args;
        }

        bool tune = args.Contains(Tpe, StringComparer.Ordinal);
        IEnumerable<string> verb =
            tune ? ["tune"]
            : args is ["sweep", "run" or "plan", ..] ? args.Take(2)
            : ["sweep", "run"];
        IEnumerable<string> rest = args.Skip(args is ["sweep", "run" or "plan", ..] ? 2 : 1);
        IEnumerable<string> executor = args.Contains(Gpu, StringComparer.Ordinal) ? ["--executor", "gpu"] : [];
        return [.. verb, .. rest.Where(a => a is not (Tpe or Gpu)), .. executor];
    }
}
