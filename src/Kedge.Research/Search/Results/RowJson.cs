using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kedge.Research.Reports;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Results;

/// <summary>
/// A row as one line of JSON. The full form has the fields of a report that sum up a run, under the names and with the numbers of <c>kedge replay</c>; the
/// candidate form has what a later selection needs (<c>config/sweeps/candidate.schema.json</c>).
/// </summary>
public sealed class RowJson : IDisposable
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly bool _candidate;
    private readonly IReadOnlyList<OverrideCheck>? _checks;
    private readonly (string Path, int Axis)[] _paths;

    /// <summary>A writer of rows.</summary>
    /// <param name="grid">The grid the rows are of.</param>
    /// <param name="candidate">The short form.</param>
    /// <param name="checks">Verified overrides to write into full rows; null for none.</param>
    public RowJson(SweepGrid grid, bool candidate, IReadOnlyList<OverrideCheck>? checks)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _writer = new Utf8JsonWriter(_line, OneLine);
        _candidate = candidate;
        _checks = checks;
        _paths = [.. grid.Axes.Select((a, i) => (a.Path, i)).OrderBy(p => p.Path, StringComparer.Ordinal)];
    }

    /// <summary>The line of a row with its line feed; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line(SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _line.ResetWrittenCount();
        _writer.Reset(_line);
        _writer.WriteStartObject();
        _writer.WriteString("config_id", row.Trial.Id);
        if (_candidate)
        {
            Candidate(row);
        }
        else
        {
            Full(row);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        _line.Write("\n"u8);
        return _line.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Candidate(SweepRow row)
    {
        _writer.WriteNumber("schema_version", 1);
        _writer.WriteString("output_mode", "candidate");
        _writer.WriteBoolean("candidate_mode", true);
        Overrides(row.Trial);
        _writer.Number("total_pnl", row.TotalPnl);
        _writer.WriteNumber("total_trades", row.All.Trades);
        _writer.Number("profit_factor", row.ProfitFactor);
        _writer.Number("sharpe_ratio", row.Market.Sharpe);
        _writer.Number("calmar_ratio", row.Market.Calmar);
        _writer.Number("max_drawdown_pct", row.Market.MaxDrawdownFraction);
        _writer.WriteNumber("daily_returns", row.Market.Returns);
        _writer.Number("skewness", row.Market.Skewness);
        _writer.Number("kurtosis", row.Market.Kurtosis);
        Hash(row);
    }

    private void Full(SweepRow row)
    {
        _writer.WriteString("output_mode", "full");
        Overrides(row.Trial);
        _writer.Number("initial_balance", row.InitialBalance);
        _writer.Number("final_balance", row.FinalBalance);
        _writer.Number("final_equity", row.Market.Final);
        _writer.Number("total_pnl", row.TotalPnl);
        _writer.Number("total_pnl_gross", row.All.PnlGross);
        _writer.Number("total_pnl_realised", row.Realised.Final - row.InitialBalance);
        _writer.Number("total_return", row.Market.TotalReturn);
        _writer.Number("total_fees", row.Fees);
        _writer.Number("total_funding", row.Funding);
        ReportJson.Quality(_writer, row.All);
        ReportJson.Curve(_writer, row.Market, "");
        ReportJson.Curve(_writer, row.Realised, "_realised");
        _writer.Number("volume_usd", row.Volume);
        _writer.WriteNumber("fills", row.Fills);
        GateStatsJson.Write(_writer, row.Funnel);
        ReportJson.Groups(_writer, "by_confidence", "confidence", row.ByConfidence);
        ReportJson.Groups(_writer, "by_exit_reason", "reason", row.ByExitReason);
        ReportJson.Groups(_writer, "by_reason_code", "reason_code", row.ByReasonCode);
        ReportJson.Groups(_writer, "by_symbol", "symbol", row.BySymbol);
        ReportJson.Groups(_writer, "by_side", "side", row.BySide);
        Verification();
        Hash(row);
    }

    private void Overrides(SweepTrial trial)
    {
        _writer.WriteStartObject("overrides");
        foreach ((string path, int axis) in _paths)
        {
            _writer.Number(path, trial.Values[axis]);
        }

        _writer.WriteEndObject();
    }

    private void Verification()
    {
        if (_checks is null)
        {
            return;
        }

        _writer.WriteStartArray("override_verification");
        foreach (OverrideCheck check in _checks)
        {
            _writer.WriteStartObject();
            _writer.WriteString("path", check.Path);
            _writer.Number("requested", check.Requested);
            _writer.Number("before", check.Before);
            _writer.Number("after", check.After);
            _writer.WriteString("status", check.Status);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void Hash(SweepRow row) => _writer.WriteString("state_hash", row.StateHash.ToString("x16"));
}
