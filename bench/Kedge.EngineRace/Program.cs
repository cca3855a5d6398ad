using System.Globalization;
using Kedge.EngineRace;

// Usage: Kedge.EngineRace tick [symbols, 200] [ticks, 1,500] | year [folder] | restart [folder] [orders, 10,000]
int Number(int index, int fallback) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;
switch (args.Length > 0 ? args[0] : "")
{
    case "tick":
        TickRace.Run(Number(1, 200), Number(2, 1_500), Console.Out);
        return 0;
    case "year":
        InFolder(folder =>
        {
            foreach (bool busy in (bool[])[false, true])
            {
                Console.WriteLine(busy ? "a year of 50 symbols, busy" : "a year of 50 symbols, defaults");
                YearRace race = new(EngineMarket.Make(50, 8_760, busy), folder, Console.Out);
                race.Candles(withLedger: false);
                race.Candles(withLedger: true);
                race.Service(60_000);
                race.Service(1_000);
            }
        });
        return 0;
    case "restart":
        InFolder(folder => new RestartRace(folder, Console.Out).Run(Number(2, 10_000)));
        return 0;
    default:
        Console.Error.WriteLine("tick [symbols, 200] [ticks, 1500] | year [folder] | restart [folder] [orders, 10000]");
        return 2;
}

void InFolder(Action<string> race)
{
    string parent = args.Length > 1 ? args[1] : Path.GetTempPath();
    string folder = Directory.CreateDirectory(Path.Combine(parent, $"kedge-engine-race-{Environment.ProcessId}")).FullName;
    try
    {
        race(folder);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}
