namespace Kedge.KernelCompiler;

/// <summary>The command line.</summary>
/// <param name="Assemblies">Assemblies whose methods may be translated.</param>
/// <param name="Entries">Entry points.</param>
/// <param name="SourcePath">Where the C file goes.</param>
/// <param name="PtxPath">Where the PTX goes; null when none is wanted.</param>
public sealed record Arguments(
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<EntryPoint> Entries,
    string SourcePath,
    string? PtxPath
)
{
    private const string Form =
        "expected: --assembly FILE … --grid NAME=TYPE.METHOD … [--function NAME=TYPE.METHOD …] --source FILE.c [--ptx FILE.ptx]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It is not of the form above.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        List<string> assemblies = [];
        List<EntryPoint> entries = [];
        string? source = null;
        string? ptx = null;
        for (int i = 0; i < args.Count; i += 2)
        {
            string value = i + 1 < args.Count ? args[i + 1] : throw new UsageException($"{args[i]} has no value; {Form}");
            switch (args[i])
            {
                case "--assembly":
                    assemblies.Add(
                        File.Exists(value)
                            ? value
                            : throw new UsageException($"the assembly {value} is not there; build it first")
                    );
                    break;
                case "--grid":
                    entries.Add(EntryPoint.Parse(value, true));
                    break;
                case "--function":
                    entries.Add(EntryPoint.Parse(value, false));
                    break;
                case "--source":
                    source = value;
                    break;
                case "--ptx":
                    ptx = value;
                    break;
                default:
                    throw new UsageException($"{args[i]} is unknown; {Form}");
            }
        }

        return assemblies.Count > 0 && entries.Count > 0 && source is not null
            ? new Arguments(assemblies, entries, source, ptx)
            : throw new UsageException(Form);
    }
}
