using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Saving and restoring what is remembered.</summary>
internal sealed partial class VenueStore
{
    public void Save(StateWriter writer)
    {
        writer.Write(_nextRefusedId);
        writer.Write(ClockStepMs);
        writer.Write(_actions.NextRequest);
        _actions.Nonces.Save(writer);
        writer.Write(_symbols.Length);
        foreach (SymbolHistory symbol in _symbols)
        {
            symbol.Save(writer);
        }

        writer.Write(_accounts.Count);
        foreach (AccountHistory account in _accounts)
        {
            account.Save(writer);
        }
    }

    public void Load(ref StateReader reader)
    {
        _nextRefusedId = reader.Read();
        ClockStepMs = reader.Read();
        _actions.NextRequest = reader.Read();
        _actions.Nonces.Load(ref reader);
        if (reader.ReadInt() != _symbols.Length)
        {
            throw new InvalidDataException("The saved gateway has other instruments than the core.");
        }

        for (int symbol = 0; symbol < _symbols.Length; symbol++)
        {
            _symbols[symbol].Load(ref reader, symbol);
        }

        int accounts = reader.ReadIndex(Core.Accounts + 1);
        for (int account = 0; account < accounts; account++)
        {
            Account(account).Load(ref reader, account, _symbols.Length);
        }
    }
}
