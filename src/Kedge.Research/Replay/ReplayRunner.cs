using Kedge.Kernel;
using Kedge.Research.Replay.Driver;
using Kedge.Trading.Strategies;

namespace Kedge.Research.Replay;

/// <summary>Runs a setup and wraps what came out for the reports.</summary>
public static unsafe class ReplayRunner
{
    /// <summary>Runs the replay.</summary>
    /// <param name="setup">The resolved request.</param>
    /// <param name="progress">Told now and then how far it is, 0…1; null for silence.</param>
    public static ReplayResult Run(ReplaySetup setup, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ReplayInput input = setup.Input with { Progress = progress };
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        List<string> notes = [.. setup.Notes];
        StrategyBook? book = setup.Request.Strategies?.Divide(input.Main.Symbols);
        ReplayOutcome outcome = book is null ? ReplayEngine.Run(input, ref trace) : StrategyReplay.Run(input, book, notes);
        if (outcome.LastTickMs == 0)
        {
            notes.Add("no bar closes inside the trade window: nothing was traded");
        }

        int ended = outcome.Bookings.Count(b => b.Reason == ReasonCode.DataEnded);
        if (ended > 0)
        {
            notes.Add($"{ended} positions closed because their symbol had no bar for more than 24 intervals (Data ended)");
        }

        Parameters portfolio = input.Portfolio;
        return new ReplayResult
        {
            Run = new ReplayRun
            {
                Version = setup.Request.Version,
                ConfigId = setup.Configuration.ConfigId,
                DataHash = setup.DataHash,
                Command = setup.Request.Command,
                Interval = input.Main.Interval,
                ExitInterval = input.Exit?.Interval,
                EntryInterval = input.Entry?.Interval,
                FromMs = outcome.FirstTickMs,
                ToMs = outcome.LastTickMs,
                Lookback = input.Lookback,
                InitialBalance = input.InitState?.Balance ?? input.InitialBalance,
                SlippageBps = portfolio.Trade.SlippageBps,
                TakerFeeBps = portfolio.Trade.TakerFeeBps,
                Strategies = book is null ? null : StrategyReplay.Shares(book),
                HasFunding = input.Funding is not null,
                HasInstruments = input.Terms is not null,
            },
            Symbols = input.Main.Symbols,
            Bookings = outcome.Bookings,
            Equity = outcome.Equity,
            Funnel = funnel,
            Account = outcome.Account,
            StateHash = outcome.Account.Hash,
            Candles = input.Main,
            Notes = notes,
        };
    }
}
