using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Replay.Driver;

/// <summary>What a candle driver has of one symbol, and how far it has told it.</summary>
internal sealed class DriverSeries
{
    private readonly ReplayInput _input;
    private readonly FundingSchedule _funding;
    private SeriesCursor _main;
    private SeriesCursor _entry;
    private SeriesCursor _exit;
    private SymbolBars _bars;
    private int _fundingNext;

    public DriverSeries(ReplayInput input, string symbol, int rank)
    {
        _input = input;
        Symbol = symbol;
        _main = new SeriesCursor(input.Main.Bars(rank), input.Main.Interval.Ms);
        _entry = Finer(input.Entry, symbol);
        _exit = Finer(input.Exit, symbol);
        _funding = input.Funding?[rank] ?? FundingSchedule.Empty;
    }

    public string Symbol { get; }

    /// <summary>Bars told so far.</summary>
    public ref readonly SymbolBars Bars => ref _bars;

    public long NextCloseMs => Math.Min(_main.NextCloseMs, Math.Min(_entry.NextCloseMs, _exit.NextCloseMs));

    /// <summary>The next funding record whose boundary has come.</summary>
    public (long TimeMs, double Rate)? NextFunding(long now)
    {
        if (_fundingNext >= _funding.BoundariesMs.Length || _funding.BoundariesMs[_fundingNext] > now)
        {
            return null;
        }

        int i = _fundingNext++;
        return (_funding.RecordedMs[i], _funding.Rates[i]);
    }

    /// <summary>Takes the bars that close at a moment: main, entry, exit.</summary>
    public void Take(long now, Action<Interval, Bar> tell)
    {
        if (_main.NextCloseMs == now)
        {
            _main.Take(out _bars.Main);
            _bars.MainCloseMs = now;
            tell(_input.Main.Interval, _bars.Main);
        }

        if (_entry.NextCloseMs == now)
        {
            _entry.Take(out _bars.Entry);
            _bars.EntryCloseMs = now;
            tell(_input.Entry!.Interval, _bars.Entry);
        }

        if (_exit.NextCloseMs == now)
        {
            _exit.Take(out _bars.Exit);
            _bars.ExitCloseMs = now;
            tell(_input.Exit!.Interval, _bars.Exit);
        }
    }

    /// <summary>Funding records that were told.</summary>
    public IEnumerable<(long TimeMs, double Rate)> FundingTold()
    {
        for (int i = 0; i < _fundingNext; i++)
        {
            yield return (_funding.RecordedMs[i], _funding.Rates[i]);
        }
    }

    /// <summary>Tells all bars again that were told: those of the finer series only as far as the last one, which is all anybody looks at.</summary>
    public void TellAgain(Action<Interval, Bar> tell)
    {
        int rank = SymbolRank.Of(_input.Main.Symbols, Symbol);
        BarColumns bars = _input.Main.Bars(rank);
        for (int i = 0; i < bars.Count && bars[i].OpenTimeMs <= _bars.Main.OpenTimeMs && _bars.MainCloseMs > 0; i++)
        {
            tell(_input.Main.Interval, bars[i]);
        }

        if (_bars.EntryCloseMs > 0)
        {
            tell(_input.Entry!.Interval, _bars.Entry);
        }

        if (_bars.ExitCloseMs > 0)
        {
            tell(_input.Exit!.Interval, _bars.Exit);
        }
    }

    private static SeriesCursor Finer(ICandleSet? set, string symbol)
    {
        int index = set is null ? -1 : SymbolRank.Of(set.Symbols, symbol);
        return index < 0 ? new SeriesCursor(default, 0) : new SeriesCursor(set!.Bars(index), set.Interval.Ms);
    }
}
