using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Search.Columns;

/// <summary>Funding of all symbols by hour, so that any moment finds its rates at once.</summary>
internal sealed unsafe class FundingTable : IDisposable
{
    private const long HourMs = FundingMeter.BoundaryMs;

    private readonly NativeArray<Entry> _entries;
    private readonly long _firstHour;
    private readonly int _hours;

    public FundingTable(FundingSchedule[] schedules, long lastMs)
    {
        long first = long.MaxValue;
        foreach (FundingSchedule schedule in schedules)
        {
            first = schedule.BoundariesMs.Length > 0 ? Math.Min(first, schedule.BoundariesMs[0]) : first;
        }

        _firstHour = first == long.MaxValue ? 0 : first / HourMs;
        _hours = first == long.MaxValue || lastMs < first ? 0 : checked((int)((lastMs / HourMs) - _firstHour + 2));
        _entries = new NativeArray<Entry>((long)_hours * schedules.Length);
        for (int s = 0; s < schedules.Length; s++)
        {
            Fill(schedules[s], _entries.Start + ((long)s * _hours));
        }
    }

    public long Bytes => _entries.Bytes;

    /// <summary>Whether a rate is due at a moment, which has to be the boundary of an hour.</summary>
    public bool Due(int symbol, long boundaryMs, out double rate)
    {
        rate = 0.0;
        long hour = (boundaryMs / HourMs) - _firstHour;
        if (boundaryMs % HourMs != 0 || hour < 0 || hour >= _hours)
        {
            return false;
        }

        Entry* entry = _entries.Start + (((long)symbol * _hours) + hour);
        rate = entry->Rate;
        return entry->RecordedMs != 0;
    }

    /// <summary>Hourly rate of the last record that had come at a moment; 0 when none had.</summary>
    public double Known(int symbol, long timeMs)
    {
        long hour = Math.Min((timeMs / HourMs) - _firstHour, _hours - 1);
        if (hour < 0)
        {
            return 0.0;
        }

        Entry* entry = _entries.Start + (((long)symbol * _hours) + hour);
        return entry->RecordedMs != 0 && entry->RecordedMs <= timeMs ? entry->HourlyRate : entry->KnownBefore;
    }

    public void Dispose() => _entries.Dispose();

    private void Fill(FundingSchedule schedule, Entry* entries)
    {
        int next = 0;
        double known = 0.0;
        for (int h = 0; h < _hours; h++)
        {
            entries[h].KnownBefore = known;
            if (next < schedule.BoundariesMs.Length && schedule.BoundariesMs[next] == (_firstHour + h) * HourMs)
            {
                entries[h].Rate = schedule.Rates[next];
                entries[h].HourlyRate = schedule.HourlyRates[next];
                entries[h].RecordedMs = schedule.RecordedMs[next];
                known = schedule.HourlyRates[next];
                next++;
            }
        }
    }

    private struct Entry
    {
        public double Rate;
        public double HourlyRate;
        public double KnownBefore;

        /// <summary>0 when the hour has no record.</summary>
        public long RecordedMs;
    }
}
