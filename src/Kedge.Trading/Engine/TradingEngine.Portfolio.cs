using System.Numerics;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Trading.Portfolio;

namespace Kedge.Trading.Engine;

// The account as others want to see it.
public sealed unsafe partial class TradingEngine
{
    /// <summary>The lane's account as the kernel has it, in doubles: on paper it is the account. Called on the thread of <see cref="Handle"/>.</summary>
    /// <param name="venue">Name of the venue.</param>
    public LivePortfolio<double> PaperPortfolio(string venue) =>
        PortfolioOf(
            venue,
            _account->Balance,
            symbol => _memory.States[symbol].Position.Direction * _memory.States[symbol].Position.Size,
            _ => 0.0
        );

    /// <summary>
    /// The venue account as the ledger has it: cash and sizes are its decimals, what others hold included. The cost of the lane's own is the kernel's average
    /// price; what others hold stands at the last price. Called on the thread of <see cref="Handle"/>.
    /// </summary>
    /// <param name="venue">Name of the venue.</param>
    public LivePortfolio<decimal> AccountPortfolio(string venue) =>
        PortfolioOf(venue, _book.Cash, symbol => _book.Own(symbol), symbol => _book.Foreign(symbol));

    private LivePortfolio<T> PortfolioOf<T>(string venue, T cash, Func<int, T> own, Func<int, T> foreign)
        where T : struct, INumber<T>
    {
        AssetType asset = _settings.Strategies?.Asset ?? AssetType.Perp;
        LivePortfolio<T> portfolio = new()
        {
            Account = _settings.Account,
            Venue = venue,
            Asset = asset,
            Cash = cash,
            Realised = T.CreateChecked(_account->RealisedPnl),
            Fees = T.CreateChecked(_account->Fees),
            Funding = T.CreateChecked(_account->Funding),
        };
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            T mark = T.CreateChecked(state->Mark);
            T mine = own(i);
            T theirs = foreign(i);
            T size = mine + theirs;
            if (T.IsZero(size))
            {
                continue;
            }

            T entry = T.IsZero(mine) ? mark : ((mine * T.CreateChecked(state->Position.EntryPrice)) + (theirs * mark)) / size;
            string name = _rules.Symbols[i];
            string strategy = T.IsZero(mine) ? "" : _settings.StrategyOf(name).Name;
            PortfolioHolding<T> held = new(name, asset, strategy, size, entry, mark);
            portfolio = portfolio with { Holdings = portfolio.Holdings.Add(name, held) };
        }

        return portfolio;
    }
}
