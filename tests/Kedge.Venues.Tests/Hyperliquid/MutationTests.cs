using System.Text.Json;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Broken payloads are refused with a counted reason; none gets through as an exception.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Cases = 40_000;

    [Fact]
    public void Broken_payloads_are_refused_with_a_counted_reason()
    {
        RecordedPayload.RequireAll();
        RecordedPayload[] payloads = [.. RecordedPayload.All, .. SpecifiedPayloads.All()];
        long logged = 0;
        DecodeReport report = new(fault =>
        {
            logged++;
            Assert.NotEqual(DecodeProblem.None, fault.Problem);
        });
        AnswerDecoder answers = new(report);
        StreamDecoder stream = new(new SymbolTable("HYPE", "0G", "BTC"), report);
        long refused = 0;
        for (int i = 0; i < Cases; i++)
        {
            RecordedPayload payload = payloads[i % payloads.Length];
            byte[] bytes = new Mutator(i).Mutate(payload.Bytes);
            DecodeFault fault = payload.Decode(answers, stream, bytes);
            refused += fault.Problem == DecodeProblem.None ? 0 : 1;
            SyntaxAgrees(bytes, i);
        }

        Assert.Equal(refused, report.Refused);
        Assert.Equal(refused, logged);
        Assert.Equal(Cases, report.Accepted + report.Refused);
        DecodeProblem[] problems = [.. Enum.GetValues<DecodeProblem>().Where(p => p != DecodeProblem.None)];
        Assert.Equal(report.Refused, problems.Sum(report.Count));
        Assert.Equal(report.Accepted, report.Count(DecodeProblem.None));
        Assert.Equal(DecodeReport.KeptFaults, report.Newest().Count);
        output.WriteLine(
            $"{report.Accepted} read, {report.Refused} refused: "
                + string.Join(", ", problems.Select(p => $"{p} {report.Count(p)}"))
        );
    }

    /// <summary>The check says what the framework's parser says; half characters alone it refuses where that one defers.</summary>
    private static void SyntaxAgrees(byte[] bytes, int seed)
    {
        DecodeProblem problem = JsonSyntax.Check(bytes, out int offset);
        Assert.InRange(offset, 0, bytes.Length);
        bool parses;
        try
        {
            JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonSyntax.MaxDepth }).Dispose();
            parses = true;
        }
        catch (JsonException)
        {
            parses = false;
        }

        Assert.True(
            parses == (problem == DecodeProblem.None) || problem == DecodeProblem.InvalidUtf8,
            $"seed {seed}: {problem} at {offset}"
        );
    }
}
