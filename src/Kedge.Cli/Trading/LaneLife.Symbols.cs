using Kedge.Configuration;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.Cli.Trading;

// Other symbols: who wants them, and whether a life with them could begin.
internal sealed partial class LaneLife
{
    /// <summary>
    /// Tries what the next life would be, while this one looks after what is held: whether files can be written, the venue answers, and configuration and symbols go together.
    /// </summary>
    /// <returns>What the venue said, for the next life; null when it could not begin, which is told once, or would be no other.</returns>
    public async Task<LaneFacts?> RehearseAsync()
    {
        try
        {
            _options.Folder.Prepare(RoomForALife);
            LaneFacts facts = await AskAsync().ConfigureAwait(false);
            LanePlan plan = LanePlan.Of(_options, _file, facts, Held(), _list, _variable, _ => { });
            _whyNot = null;
            if (!LaneSymbols.Same(plan.List, _list))
            {
                return facts;
            }

            Volatile.Write(ref _otherSymbols, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        catch (KedgeException e) when (e.Message != _whyNot)
        {
            _whyNot = e.Message;
            _lines.Warn("watchlist", $"the watchlist stays as it is for now, and is tried again: {e.Message}");
        }
        catch (KedgeException)
        {
            // Told already.
        }
        catch (OperationCanceledException)
        {
            // The lane is to stop.
        }

        return null;
    }

    /// <summary>An edited configuration is put in force. What it excludes from now on is entered no more at once, and watched no more when the lane begins anew.</summary>
    private void Take(StrategyConfiguration loaded)
    {
        IReadOnlyList<string> excluded = loaded.Settings.WatchlistExclude;
        WatchlistState entered = _list with { Symbols = [.. _list.Symbols.Except(excluded, StringComparer.OrdinalIgnoreCase)] };
        // A life could not begin with nothing to enter, nor with a strategy whose symbol is excluded: better said now.
        LaneSymbols.Divide(entered, _options.Strategies, _facts.IsListed, _list.Watched, _anchor);
        EngineRules rules = LaneConfiguration.Rules(_options, loaded, entered, _facts.Instruments);
        _host!.Tell(new EngineEvent.ConfigSwapped(rules, RiskSettings.From(loaded)));
        if (!excluded.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(_excluded))
        {
            _excluded = excluded;
            _otherSymbols.TrySetResult();
        }
    }

    /// <summary>The first list of a hub is the built-in one, until volumes are known; the lane knows better.</summary>
    private void OnWatchlist(WatchlistState changed)
    {
        if (changed.Source == WatchlistSource.BuiltIn || changed.Unknown.Count > 0)
        {
            return;
        }

        try
        {
            WatchlistState divided = LaneSymbols.Divide(changed, _options.Strategies, _facts.IsListed, Held(), _anchor);
            if (!LaneSymbols.Same(divided, _list))
            {
                _otherSymbols.TrySetResult();
            }
        }
        catch (KedgeException e)
        {
            _lines.Note("watchlist", "", $"the watchlist stays as it is: {e.Message}");
        }
    }
}
