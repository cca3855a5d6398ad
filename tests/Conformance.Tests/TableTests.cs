using Kedge.Conformance.Matrix;

namespace Kedge.Conformance.Tests;

/// <summary>The page says what the tests say.</summary>
public sealed class TableTests
{
    [Fact]
    public void The_page_is_current()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent!;
        }

        string page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "reference", "venue-conformance.md"));
        Assert.True(
            page == ConformanceTable.Text(),
            "Run: dotnet run -c Release --project tests/Conformance -- table > docs/reference/venue-conformance.md"
        );
    }
}
