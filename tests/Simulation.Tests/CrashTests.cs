using Kedge.Simulation.Crashes;
using Kedge.Simulation.Runs;

namespace Kedge.Simulation.RunTests;

/// <summary>Lanes that are killed at every durable write and every call to the outside.</summary>
public sealed class CrashTests
{
    [Fact]
    public void A_lane_survives_a_kill_at_each_numbered_point()
    {
        StringWriter told = new();
        Assert.True(CrashSoak.Quick(told), told.ToString());
    }

    [Fact]
    public void Numbers_are_unique_and_the_page_lists_each_point()
    {
        int[] numbers = [.. CrashPointTable.All.Select(p => p.Number)];
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        Assert.Equal(numbers.Length, CrashPointTable.All.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.True(numbers.Length >= 60, $"{numbers.Length}");
        string[] page =
        [
            .. File.ReadLines(Pages.PathOf("crash-points.md"))
                .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(l[2])),
        ];
        Assert.Equal(CrashPointTable.All.Select(CrashCommand.Line), page);
    }
}
