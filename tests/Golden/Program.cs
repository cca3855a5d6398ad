using Kedge.Golden.Command;
using Kedge.Golden.Engine;
using Kedge.Model;

if (args is not ["replay" or "sweep", .. string[] flags])
{
    Console.Error.WriteLine(
        "usage: Golden replay --config FILE --candles-db PATHS [flags of replay] --output FILE [--export-trades FILE]\n"
            + "       Golden sweep --config FILE --sweep-spec FILE --candles-db PATHS [flags of sweep] --output FILE"
    );
    return 2;
}

bool sweeps = args[0] == "sweep";
ReplayOptions options;
SweepOptions? sweep = null;
try
{
    if (sweeps)
    {
        sweep = SweepOptions.Parse(flags);
        options = sweep.Replay;
    }
    else
    {
        options = ReplayOptions.Parse(flags);
    }
}
catch (KedgeException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
    if (sweep is not null)
    {
        SweepCommand.Write(sweep, SweepCommand.Run(sweep, new StoreSource()), Console.Error);
        return 0;
    }

    GoldenState run = ReplayCommand.Run(options, new StoreSource());
    ReplayCommand.Write(options, run, Console.Out);
    Console.Error.WriteLine($"final balance {run.Balance:F2}, {run.Trades.Count} rows, {run.Gates.Signals} signals");
    return 0;
}
catch (Exception e) when (e is KedgeException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
