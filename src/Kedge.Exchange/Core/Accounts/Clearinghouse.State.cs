using System.Diagnostics;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Core.Accounts;

/// <summary>Saving, restoring and checking the books of the clearing house.</summary>
internal sealed partial class Clearinghouse
{
    public void Save(StateWriter writer)
    {
        writer.Write(Accounts);
        writer.Write(Symbols);
        writer.Write(Totals.Deposits);
        writer.Write(Totals.Fees);
        writer.Write(Totals.Funding);
        writer.Write(Totals.BadDebt);
        writer.Write(Totals.Backstop);
        foreach (ref SymbolState symbol in _symbols.AsSpan())
        {
            writer.Write(symbol.Mark);
            writer.Write(symbol.Oracle);
            writer.Write(symbol.OpenInterest);
            writer.Write(symbol.FundingRate);
            writer.Write(symbol.LastTrade);
            writer.Write(symbol.SizeDecimals);
            writer.Write(symbol.IsDelisted);
        }

        foreach (ref Account account in _accounts.AsSpan(0, Accounts))
        {
            writer.Write(account.Master);
            writer.Write(account.Raw);
            writer.Write(account.Volume);
            writer.Write(account.Requests);
            writer.Write(account.NextRequestMs);
            writer.Write(account.ScheduledCancelMs);
            writer.Write(account.ScheduleDay);
            writer.Write(account.SchedulesFired);
            writer.Write(account.LiquidationMs);
            writer.Write(account.MakerFeeRate);
            writer.Write(account.TakerFeeRate);
            writer.Write(account.SubAccounts);
        }

        foreach (ref Position position in _positions.AsSpan(0, Accounts * Symbols))
        {
            writer.Write(position.Leverage * 2 + (position.IsIsolated ? 1 : 0));
            writer.Write(position.Size);
            writer.Write(position.Entry);
            writer.Write(position.IsolatedRaw);
            writer.Write(position.FundingSinceOpen);
            writer.Write(position.FundingEver);
            writer.Write(position.LiquidationMs);
        }
    }

    public void Load(ref StateReader reader)
    {
        int accounts = reader.ReadIndex(Bounds.AccountsMax + 1);
        if (reader.ReadInt() != Symbols || accounts < 1)
        {
            throw new InvalidDataException("The saved exchange has other instruments than the settings.");
        }

        while (Accounts < accounts)
        {
            Open(-1);
        }

        Totals = new Totals(reader.Read(), reader.Read(), reader.Read(), reader.Read(), reader.Read());
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            ref SymbolState state = ref _symbols[symbol];
            state.Mark = reader.Read();
            state.Oracle = reader.Read();
            state.OpenInterest = reader.Read();
            state.FundingRate = reader.Read();
            state.LastTrade = reader.Read();
            SetSizeDecimals(symbol, reader.ReadIndex(_instruments[symbol].SizeDecimals + 1));
            state.IsDelisted = reader.ReadBool();
        }

        foreach (ref Account account in _accounts.AsSpan(0, Accounts))
        {
            account.Master = (int)reader.Read();
            account.Raw = reader.Read();
            account.Volume = reader.Read();
            account.Requests = reader.Read();
            account.NextRequestMs = reader.Read();
            account.ScheduledCancelMs = reader.Read();
            account.ScheduleDay = reader.Read();
            account.SchedulesFired = reader.ReadInt();
            account.LiquidationMs = reader.Read();
            account.MakerFeeRate = (int)reader.Read();
            account.TakerFeeRate = (int)reader.Read();
            account.SubAccounts = reader.ReadInt();
        }

        for (int i = 0; i < Accounts * Symbols; i++)
        {
            ref Position position = ref _positions[i];
            int settings = reader.ReadInt();
            position.Leverage = Math.Max(1, settings / 2);
            position.IsIsolated = settings % 2 == 1;
            position.Size = reader.Read();
            position.Entry = reader.Read();
            position.IsolatedRaw = reader.Read();
            position.FundingSinceOpen = reader.Read();
            position.FundingEver = reader.Read();
            position.LiquidationMs = reader.Read();
            Attach(ref _accounts[i / Symbols], ref position, i % Symbols);
        }
    }

    /// <summary>Adds everything up anew, in 128 bits, and throws where a kept sum or a law differs.</summary>
    public void Verify()
    {
        Int128 cash = 0;
        Span<long> sizes = new long[Symbols];
        Span<long> longs = new long[Symbols];
        for (int account = 0; account < Accounts; account++)
        {
            ref Account a = ref _accounts[account];
            long notional = 0;
            long initial = 0;
            long maintenance = 0;
            cash += a.Raw;
            for (int symbol = 0; symbol < Symbols; symbol++)
            {
                ref Position position = ref Position(account, symbol);
                long value = position.Size * _symbols[symbol].Mark;
                cash += position.IsolatedRaw;
                sizes[symbol] += position.Size;
                longs[symbol] += Math.Max(0, position.Size);
                Law(position.Size != 0 || position is { Entry: 0, IsolatedRaw: 0 }, "a closed position keeps nothing");
                Law(position.IsIsolated || position.IsolatedRaw == 0, "cross positions hold no cash of their own");
                Law(position.Size == 0 || (position.Entry ^ position.Size) >= 0, "the cost of a position has its sign");
                if (!position.IsIsolated)
                {
                    notional += value;
                    initial += MarginTable.CeilingDivide(Math.Abs(value), position.Leverage);
                    maintenance += _instruments[symbol].Margin.Maintenance(Math.Abs(value));
                }
            }

            Law(a.CrossNotional == notional, "the kept notional is the sum");
            Law(a.CrossInitial == initial, "the kept initial margin is the sum");
            Law(a.CrossMaintenance == maintenance, "the kept maintenance margin is the sum");
        }

        Law(cash == 0, "all cash adds up to zero");
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            Law(sizes[symbol] == 0, "all sizes of a symbol add up to zero");
            Law(longs[symbol] == _symbols[symbol].OpenInterest, "open interest is what is held long");
            Law(longs[symbol] == 0 || !_symbols[symbol].IsDelisted, "nobody holds what is delisted");
            Law(longs[symbol] <= _instruments[symbol].MaxOpenInterest, "open interest is within its cap");
        }
    }

    private static void Law(bool holds, string law)
    {
        if (!holds)
        {
            throw new UnreachableException($"Broken: {law}.");
        }
    }
}
