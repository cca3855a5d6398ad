using System.Diagnostics;
using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.ExchangeRace;

/// <summary>The operations of the race, from a seed. What it draws costs part of the measured time and is kept small.</summary>
internal sealed class Workload
{
    private const int Books = 50;
    private const int LevelsEachSide = 1_000;
    private const int Chunk = 20_000;
    private const long Middle = 50_000;
    private const long StartMs = 1_700_000_000_000;

    private readonly OrderRequest[] _order = new OrderRequest[1];
    private readonly OrderTarget[] _target = new OrderTarget[1];
    private readonly List<(int Account, long Id)> _live = new(1 << 18);
    private readonly BookLevel[] _levels = new BookLevel[2 * LevelsEachSide];
    private readonly int _accounts;
    private ulong _state;
    private long _step;

    public Workload(int accounts, ulong seed)
    {
        _accounts = accounts;
        _state = seed * 0x9E37_79B9_7F4A_7C15;
        Instrument[] instruments = new Instrument[Books];
        MarginTable table = new(new MarginTier(0, 40), new MarginTier(150_000_000 * Bounds.Usd, 20));
        for (int i = 0; i < Books; i++)
        {
            instruments[i] = new Instrument($"S{i}", 2, table, 1_000_000);
        }

        Core = new ExchangeCore(
            new ExchangeSettings
            {
                Instruments = instruments,
                OpenOrdersBase = 5_000,
                RequestsBase = 1L << 40,
            }
        );
        for (int i = 0; i < Books; i++)
        {
            Handle(ExchangeCommand.SetPrice(i, Middle, Middle));
        }

        for (int i = 1; i <= accounts; i++)
        {
            Handle(ExchangeCommand.CreateAccount(new Address(0, (UInt128)i)));
            Handle(ExchangeCommand.Transfer(0, i, 100_000_000 * Bounds.Usd));
        }

        Refill();
    }

    public ExchangeCore Core { get; }

    public CountingSink Sink { get; } = new();

    public long Adds { get; private set; }

    public long Cancels { get; private set; }

    public long Crossings { get; private set; }

    public int Live => Enumerable.Range(0, _accounts + 1).Sum(account => Core.Account(account).OpenOrders);

    public int LevelsPerSide
    {
        get
        {
            BookLevel[] levels = new BookLevel[5_000];
            return Enumerable.Range(0, Books).Sum(book => Core.Depth(book, OrderSide.Buy, levels)) / Books;
        }
    }

    /// <summary>
    /// Runs operations and returns the time they took. Cancels thin the deep levels out, so the books are filled up again, untimed, after
    /// every chunk.
    /// </summary>
    public TimeSpan Run(int operations, long[]? stamps)
    {
        TimeSpan wall = TimeSpan.Zero;
        for (int first = 0; first < operations; first += Chunk)
        {
            long start = Stopwatch.GetTimestamp();
            RunChunk(first, Math.Min(operations, first + Chunk), stamps);
            wall += Stopwatch.GetElapsedTime(start);
            Refill();
        }

        return wall;
    }

    /// <summary>Places one order at every price within 1,000 ticks that has none.</summary>
    private void Refill()
    {
        for (int book = 0; book < Books; book++)
        {
            Refill(book, OrderSide.Buy, -1);
            Refill(book, OrderSide.Sell, 1);
        }
    }

    private void Refill(int book, OrderSide side, int step)
    {
        int n = Core.Depth(book, side, _levels);
        int at = 0;
        for (int level = 1; level <= LevelsEachSide; level++)
        {
            long price = Middle + (step * level);
            while (at < n && (side == OrderSide.Buy ? _levels[at].Price > price : _levels[at].Price < price))
            {
                at++;
            }

            if (at == n || _levels[at].Price != price)
            {
                Place(Account(), book, side, price, 400, TimeInForce.Gtc);
            }
        }
    }

    private void RunChunk(int first, int end, long[]? stamps)
    {
        for (int i = first; i < end; i++)
        {
            ulong bits = Next();
            int book = (int)((bits & 0xFFFF) * Books >> 16);
            OrderSide side = (OrderSide)((bits >> 16) & 1);
            uint kind = (uint)((bits >> 20) & 0xFFFF) * 100 >> 16;
            long start = stamps is null ? 0 : Stopwatch.GetTimestamp();
            if (++_step % 1_000 == 0)
            {
                Handle(ExchangeCommand.SetPrice(book, Middle + (long)(bits >> 56) - 128, Middle));
            }
            else if (kind < 45)
            {
                long away = 1 + (long)((bits >> 40) % 10);
                Place(Account(), book, side, side == OrderSide.Buy ? Middle - away : Middle + away, 1_000, TimeInForce.Gtc);
                Adds++;
            }
            else if (kind < 90)
            {
                Cancel();
                Cancels++;
            }
            else
            {
                long limit = side == OrderSide.Buy ? Middle + 20 : Middle - 20;
                Place(Account(), book, side, limit, 1_000 + (long)(bits >> 52), TimeInForce.Ioc);
                Crossings++;
            }

            if (stamps is not null)
            {
                stamps[i] = Stopwatch.GetTimestamp() - start;
            }
        }
    }

    private void Cancel()
    {
        // Orders that were filled meanwhile are skipped here, so that the core sees live ones alone.
        while (_live.Count > 0)
        {
            int pick = (int)(Next() % (ulong)_live.Count);
            (int account, long id) = _live[pick];
            _live[pick] = _live[^1];
            _live.RemoveAt(_live.Count - 1);
            _target[0] = new OrderTarget(id);
            if (Core.IsLive(account, id))
            {
                Handle(ExchangeCommand.Cancel(account, _target));
                return;
            }
        }
    }

    private void Place(int account, int book, OrderSide side, long price, long size, TimeInForce tif)
    {
        _order[0] = new OrderRequest(book, side, price, size, tif);
        Sink.Resting = 0;
        Handle(ExchangeCommand.Place(account, _order));
        if (Sink.Resting != 0)
        {
            _live.Add((account, Sink.Resting));
        }
    }

    private int Account() => 1 + (int)(Next() % (ulong)_accounts);

    private void Handle(ExchangeCommand command) => Core.Handle(in command, new Now(_step, StartMs + (_step / 1_000)), Sink);

    private ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state;
    }
}
