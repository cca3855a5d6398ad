using System.Text;
using Kedge.Conformance.Worlds;

namespace Kedge.Conformance.Matrix;

/// <summary>The matrix as a page of documentation.</summary>
internal static class ConformanceTable
{
    /// <summary>The whole page. Which rows apply is asked of the worlds; that they pass is what the tests show.</summary>
    public static string Text()
    {
        (string Name, IVenueWorld World)[] worlds = [.. VenueWorlds.All.Select(entry => (Column(entry.Key), entry.Value()))];
        StringBuilder text = new();
        text.Append(
            """
            # Venue conformance

            What every venue must do. Each row is a test that runs against any `IVenue`; **yes** means that the row applies to the venue and passes, **–** that it
            does not apply: the venue cannot do such a thing, or the world it is tried in cannot. Hyperliquid stands for the adapter against the simulated
            exchange under virtual time; Paper and Dry stand in front of the same adapter. The page is written by
            `dotnet run -c Release --project tests/Conformance -- table` and a test keeps it current.


            """
        );
        text.Append("| row | what | asserts |");
        foreach ((string name, _) in worlds)
        {
            text.Append(' ').Append(name).Append(" |");
        }

        text.Append("\n|---|---|---|").Append(string.Concat(Enumerable.Repeat("---|", worlds.Length))).Append('\n');
        foreach (ConformanceRow row in ConformanceMatrix.Rows)
        {
            text.Append("| ").Append(row.Id).Append(" | ").Append(row.Title).Append(" | ").Append(row.Asserts).Append(" |");
            foreach ((_, IVenueWorld world) in worlds)
            {
                text.Append(row.WhyNot(world) is null ? " yes |" : " – |");
            }

            text.Append('\n');
        }

        text.Append(
            """

            ## Random mixes

            `tests/Conformance/soak.sh COUNT [FIRST]` runs a trader that acts at random for five minutes of virtual time while everything above goes wrong at
            rates drawn from the seed, client and venue killed and started again included. No order may be said to have ended that has not; once faults stop,
            ledger and venue must agree on every fill, order and position within a minute, seconds not counted in which questions wait for a drained
            request budget (at most 60). The proof that an order never arrived withstands a step of the venue's clock by 30 s at any moment; it takes 48 s from sending, or from the start of
            the program for an order of an earlier life. A failing seed is printed with what happened before:
            `dotnet run -c Release --project tests/Conformance -- seed N` tells the whole end of its story.

            `dotnet run --project tests/Conformance -c Release -- feed-soak COUNT [FIRST]` does the same to a [market-data feed](../concepts/market-data-feed.md): two
            symbols, listed at different times and quiet in some minutes, for 8 to 22 minutes of virtual time around a full hour, with drops, stalls, half-open sockets,
            partitions, lost and late answers, 429s and 5xxs, steps of the client's clock of up to two minutes, candles that are missing, late, twice or revised, a disk
            that is full now and then, and kills. At every effect of the feed no bar may be served or stored that still forms by the exchange's clock. At most 60 s after
            the faults stop, seconds not counted in which questions wait for a drained request budget (at most 60), and two minutes later still, all six intervals
            equal the exchange's candles bar for bar, and what was acknowledged is on disk.

            """
        );
        Array.ForEach(worlds, entry => entry.World.Dispose());
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Column(string world) => char.ToUpperInvariant(world[0]) + world[1..];
}
