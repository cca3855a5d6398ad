using Kedge.Golden.Command;
using Kedge.Golden.Engine;
using Kedge.Model;

if (args is not ["replay", .. string[] flags])
{
    Console.Error.WriteLine(
        "usage: Golden replay --config FILE --candles-db PATHS [flags of replay] --output FILE [--export-trades FILE]"
    );
    return 2;
}

ReplayOptions options;
try
{
    options = ReplayOptions.Parse(flags);
}
catch (KedgeException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

try
{
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
