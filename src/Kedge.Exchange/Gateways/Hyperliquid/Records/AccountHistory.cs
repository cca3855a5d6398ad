using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>What is remembered of one account.</summary>
internal sealed class AccountHistory(GatewaySettings settings)
{
    public BoundedHistory<FillRecord> Fills { get; } = new(settings.FillsKept);

    public BoundedHistory<FundingRecord> Funding { get; } = new(settings.PaymentsKept);

    public BoundedHistory<LedgerRecord> Ledger { get; } = new(settings.PaymentsKept);

    public OrderHistory Orders { get; } = new(settings.OrdersKept);

    /// <summary>Highest fee a builder may ask, tenths of a basis point, by address.</summary>
    public SortedList<string, int> Builders { get; } = new(StringComparer.Ordinal);

    /// <summary>Name of a sub-account.</summary>
    public string Name { get; set; } = "";

    public void Save(StateWriter writer)
    {
        SaveAll(writer, Fills, RecordBytes.Write);
        SaveAll(writer, Funding, RecordBytes.Write);
        SaveAll(writer, Ledger, RecordBytes.Write);
        writer.Write(Orders.Count);
        foreach (OrderRecord order in Orders.Records)
        {
            RecordBytes.Write(writer, order);
        }

        writer.Write(Builders.Count);
        foreach ((string builder, int fee) in Builders)
        {
            writer.Write(builder);
            writer.Write(fee);
        }

        writer.Write(Name);
    }

    public void Load(ref StateReader reader, int account, int symbols)
    {
        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Fills.Add(RecordBytes.ReadFill(ref reader, account, symbols));
        }

        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Funding.Add(RecordBytes.ReadFunding(ref reader, account, symbols));
        }

        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Ledger.Add(RecordBytes.ReadLedger(ref reader, account));
        }

        for (int left = reader.ReadInt(); left > 0; left--)
        {
            Orders.Put(RecordBytes.ReadOrder(ref reader, account, symbols));
        }

        for (int left = reader.ReadInt(); left > 0; left--)
        {
            string builder = reader.ReadText();
            Builders[builder] = reader.ReadInt();
        }

        Name = reader.ReadText();
    }

    private static void SaveAll<T>(StateWriter writer, BoundedHistory<T> entries, Action<StateWriter, T> write)
    {
        writer.Write(entries.Count);
        foreach (T entry in entries)
        {
            write(writer, entry);
        }
    }
}
