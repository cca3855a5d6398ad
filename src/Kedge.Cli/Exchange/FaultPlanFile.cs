using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>A fault plan in a file.</summary>
internal static class FaultPlanFile
{
    /// <summary>Reads and checks a plan.</summary>
    /// <exception cref="KedgeException">The file cannot be read (exit 4), or something in it is wrong (exit 2).</exception>
    public static ExchangeFaultPlan Read(string path)
    {
        FaultPlanText text = FaultPlanLoader.Read(Text(path));
        return text.Plan ?? throw KedgeException.Usage(string.Join('\n', text.Problems.Select(p => $"{path}: {p}")));
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    public static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }
    }
}
