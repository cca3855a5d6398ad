using Kedge.Conformance.Matrix;
using Kedge.Conformance.Worlds;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Conformance.Tests;

/// <summary>Every venue against every row that applies to it.</summary>
public sealed class MatrixTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string name, Func<IVenueWorld> create) in VenueWorlds.All)
            {
                using IVenueWorld world = create();
                foreach (ConformanceRow row in ConformanceMatrix.Rows.Where(row => row.WhyNot(world) is null))
                {
                    cases.Add(name, row.Id);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Row(string world, string id) =>
        Assert.Null(ConformanceMatrix.Try(ConformanceMatrix.Row(id), VenueWorlds.All[world]));

    [Fact]
    public void Numbers_are_given_once()
    {
        Assert.All(ConformanceMatrix.Rows.CountBy(row => row.Id, StringComparer.Ordinal), pair => Assert.Equal(1, pair.Value));
        Assert.All(ConformanceMatrix.Rows, row => Assert.Matches("^C-[0-9]{3}$", row.Id));
    }

    [Fact]
    public void Every_fault_of_the_exchange_has_a_row() =>
        Assert.Equal(
            FaultWords.Kinds.Select(FaultWords.Word).Order(StringComparer.Ordinal),
            FaultRows.Words.Order(StringComparer.Ordinal)
        );
}
