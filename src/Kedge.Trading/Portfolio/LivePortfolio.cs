using System.Collections.Immutable;
using System.Numerics;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Trading.Portfolio;

/// <summary>
/// One venue account at a moment: cash, what is held at what cost, and what it is worth at the last prices. Immutable; what happens makes a new one. Live
/// accounts are exact decimals, paper accounts the kernel's doubles.
/// </summary>
public sealed record LivePortfolio<T>
    where T : struct, INumber<T>
{
    /// <summary>The venue account, or the name of the paper account.</summary>
    public required string Account { get; init; }

    /// <summary>Name of the venue.</summary>
    public required string Venue { get; init; }

    /// <summary>What kind of thing the account trades.</summary>
    public AssetType Asset { get; init; } = AssetType.Perp;

    /// <summary>Realised wallet, quote currency.</summary>
    public T Cash { get; init; }

    /// <summary>Closed profit before fees, quote currency.</summary>
    public T Realised { get; init; }

    /// <summary>Fees paid.</summary>
    public T Fees { get; init; }

    /// <summary>Funding received; negative was paid.</summary>
    public T Funding { get; init; }

    /// <summary>What is held, by symbol in ordinal order.</summary>
    public ImmutableSortedDictionary<string, PortfolioHolding<T>> Holdings { get; init; } =
        ImmutableSortedDictionary.Create<string, PortfolioHolding<T>>(StringComparer.Ordinal);

    /// <summary>Σ profit that is not realised.</summary>
    public T Unrealised => Sum(static h => h.Unrealised);

    /// <summary>Cash plus what is not realised.</summary>
    public T Equity => Cash + Unrealised;

    /// <summary>Σ signed worth of what is held.</summary>
    public T NetExposure => Sum(static h => h.Exposure);

    /// <summary>Σ worth of what is held, longs and shorts alike.</summary>
    public T GrossExposure => Sum(static h => T.Abs(h.Exposure));

    /// <summary>What a strategy holds; empty for what is nobody's.</summary>
    public IEnumerable<PortfolioHolding<T>> HoldingsOf(string strategy) =>
        Holdings.Values.Where(h => string.Equals(h.Strategy, strategy, StringComparison.Ordinal));

    /// <summary>After a price.</summary>
    public LivePortfolio<T> Marked(string symbol, T price) =>
        Holdings.TryGetValue(symbol, out PortfolioHolding<T>? held)
            ? this with
            {
                Holdings = Holdings.SetItem(symbol, held with { Mark = price }),
            }
            : this;

    /// <summary>After a row of the account's ledger; rows that move neither money nor a position change nothing.</summary>
    /// <exception cref="ArgumentException">It is another account's.</exception>
    public LivePortfolio<T> After(LedgerRow row) =>
        row switch
        {
            LedgerRow.FillBooked fill => AfterFill(Own(fill.Key.Account, fill)),
            LedgerRow.FundingBooked funding => AfterFunding(Own(funding.Account, funding)),
            LedgerRow.TransferBooked { Usd: { } usd } transfer => Own(transfer.Account, this) with { Cash = Cash + Of(usd) },
            LedgerRow.AdjustmentBooked adjustment => AfterAdjustment(Own(adjustment.Account, adjustment)),
            _ => this,
        };

    private LivePortfolio<T> AfterFill(LedgerRow.FillBooked fill)
    {
        T size = Of(fill.Size);
        LivePortfolio<T> moved = Moved(fill.Symbol, fill.IsBuy ? size : -size, Of(fill.Price), fill.Strategy);
        T pnl = Of(fill.Pnl);
        T fee = Of(fill.Fee);
        return moved with { Cash = Cash + pnl - fee, Realised = Realised + pnl, Fees = Fees + fee };
    }

    private LivePortfolio<T> AfterFunding(LedgerRow.FundingBooked funding)
    {
        T usd = Of(funding.Usd);
        return this with { Cash = Cash + usd, Funding = Funding + usd };
    }

    private LivePortfolio<T> AfterAdjustment(LedgerRow.AdjustmentBooked adjustment)
    {
        LivePortfolio<T> moved = this;
        if (adjustment.Symbol is { } symbol && !adjustment.SizeChange.IsZero)
        {
            T? mark = Holdings.TryGetValue(symbol, out PortfolioHolding<T>? held) ? held.Mark : null;
            T price = adjustment.Price is { } p ? Of(p) : mark ?? T.Zero;
            moved = Moved(symbol, Of(adjustment.SizeChange), price, "");
        }

        return moved with
        {
            Cash = Cash + Of(adjustment.CashChange),
        };
    }

    /// <summary>A position grows at a price, or shrinks at its cost; what goes beyond zero is a new one.</summary>
    private LivePortfolio<T> Moved(string symbol, T change, T price, string strategy)
    {
        PortfolioHolding<T> before = Holdings.TryGetValue(symbol, out PortfolioHolding<T>? held)
            ? held
            : new PortfolioHolding<T>(symbol, Asset, strategy, T.Zero, T.Zero, price);
        T size = before.Size + change;
        if (T.IsZero(size))
        {
            return this with { Holdings = Holdings.Remove(symbol) };
        }

        bool grows = T.IsZero(before.Size) || T.Sign(before.Size) == T.Sign(change);
        bool turns = !grows && T.Sign(size) == T.Sign(change);
        T entry =
            turns ? price
            : grows ? (before.Cost + (change * price)) / size
            : before.EntryPrice;
        PortfolioHolding<T> after = before with
        {
            Size = size,
            EntryPrice = entry,
            Mark = price,
            Strategy = turns ? strategy : before.Strategy,
        };
        return this with { Holdings = Holdings.SetItem(symbol, after) };
    }

    private TRow Own<TRow>(string account, TRow row) =>
        string.Equals(account, Account, StringComparison.Ordinal)
            ? row
            : throw new ArgumentException($"A row of account {account} is none of {Account}.", nameof(account));

    private T Sum(Func<PortfolioHolding<T>, T> of) => Holdings.Values.Aggregate(T.Zero, (sum, h) => sum + of(h));

    private static T Of(Amount amount) =>
        typeof(T) == typeof(decimal) ? T.CreateChecked(amount.ToDecimal()) : T.CreateChecked(amount.ToDouble());
}
