using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>
/// Sets and lifts latches for everyone, and says so. Environment, file and operators are understood here by one parser; an operator's command is obeyed
/// once, by its id. Bounded: the last <see cref="MaxCommands"/> ids of each source are remembered, of which the file can show only the last.
/// </summary>
public sealed class KillSwitches
{
    /// <summary>Ids remembered of each source.</summary>
    public const int MaxCommands = 256;

    private readonly Queue<string> _fileIds = new();
    private readonly Queue<string> _operatorIds = new();
    private KillSwitchReading? _last;

    /// <summary>The latches.</summary>
    public KillLatches Latches { get; } = new();

    /// <summary>Latches a cause.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Set(KillLatch latch, string by, IRiskSink sink) => Report(Latches.Set(latch, by), sink);

    /// <summary>Lifts one latch.</summary>
    /// <returns>Whether it was set.</returns>
    public bool Clear(string key, string by, string why, long wallMs, IRiskSink sink) =>
        Latches.IsSet(key) && Report(Latches.Clear(key, by, why, wallMs), sink);

    /// <summary>Lifts the latches whose time has come.</summary>
    public void ClearDue(long wallMs, IRiskSink sink)
    {
        while (Latches.ClearDue(wallMs) is { } change)
        {
            Report(change, sink);
        }
    }

    /// <summary>Obeys an operator's command that did not come by the file.</summary>
    public KillCommandResult Obey(KillCommand command, long wallMs, IRiskSink sink)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Obey(command, KillKeys.Operator, _operatorIds, wallMs, sink);
    }

    /// <summary>Takes what environment and file say. What was read before does nothing again.</summary>
    /// <returns>Key of a latch that a command in the file lifted; else null.</returns>
    public string? Read(KillSwitchReading reading, long wallMs, IRiskSink sink)
    {
        ArgumentNullException.ThrowIfNull(reading);
        KillSwitchReading? before = _last;
        if (reading == before)
        {
            return null;
        }

        _last = reading;

        KillInput environment = KillEnvironment.Parse(reading.Switch, reading.SwitchMode);
        Follow(environment, KillKeys.Environment, "env", wallMs, sink);
        Follow(KillEnvironment.ParseHard(reading.HardSwitch), KillKeys.HardEnvironment, "env", wallMs, sink);
        bool sameFile = Same(reading.File, before?.File) && Same(reading.FileError, before?.FileError);
        return sameFile ? null : TakeFile(KillFile.Parse(reading.File, reading.FileError), wallMs, sink);
    }

    internal void Save(ref StateWriter writer)
    {
        Latches.Save(ref writer);
        Save(ref writer, _fileIds);
        Save(ref writer, _operatorIds);
    }

    internal void Restore(ref StateReader reader)
    {
        _last = null;
        Latches.Restore(ref reader);
        Restore(ref reader, _fileIds);
        Restore(ref reader, _operatorIds);
    }

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);

    private static void Save(ref StateWriter writer, Queue<string> ids)
    {
        writer.Int(ids.Count);
        foreach (string id in ids)
        {
            writer.Text(id);
        }
    }

    private static void Restore(ref StateReader reader, Queue<string> ids)
    {
        ids.Clear();
        for (int n = reader.Count(MaxCommands); n > 0; n--)
        {
            ids.Enqueue(reader.Text());
        }
    }

    private static bool Report(KillChange? change, IRiskSink sink)
    {
        if (change is null)
        {
            return false;
        }

        if (change.Cleared)
        {
            sink.Cleared(change);
        }
        else
        {
            sink.Latched(change);
        }

        return true;
    }

    /// <summary>A variable is a condition: its latch is there while the variable says so.</summary>
    private void Follow(KillInput input, string key, string by, long wallMs, IRiskSink sink)
    {
        switch (input)
        {
            case KillInput.Stop stop:
                Say(stop.Alert, sink);
                Report(
                    Latches.Set(
                        new KillLatch(key, stop.Mode, stop.Reason, wallMs, KillClearing.WhileCondition),
                        by,
                        replace: true
                    ),
                    sink
                );
                break;
            case KillInput.Nothing nothing:
                Say(nothing.Alert, sink);
                Clear(key, by, "the variable is not set", wallMs, sink);
                break;
            default:
                break;
        }
    }

    private string? TakeFile(KillInput input, long wallMs, IRiskSink sink)
    {
        switch (input)
        {
            case KillInput.Stop stop:
                Say(stop.Alert, sink);
                Report(Latches.Set(new KillLatch(KillKeys.File, stop.Mode, stop.Reason, wallMs), "file"), sink);
                return null;
            case KillInput.Order order:
                KillCommandResult result = Obey(order.Command, KillKeys.File, _fileIds, wallMs, sink);
                return result == KillCommandResult.Done && order.Command.Mode == KillMode.Off ? order.Command.Latch : null;
            case KillInput.Nothing nothing:
                Say(nothing.Alert, sink);
                return null;
            default:
                return null;
        }
    }

    private KillCommandResult Obey(KillCommand command, string own, Queue<string> ids, long wallMs, IRiskSink sink)
    {
        if (ids.Contains(command.Id, StringComparer.Ordinal))
        {
            return KillCommandResult.AlreadyObeyed;
        }

        if (ids.Count == MaxCommands)
        {
            ids.Dequeue();
        }

        ids.Enqueue(command.Id);
        return command.Mode == KillMode.Off ? Lift(command, wallMs, sink) : Stop(command, own, wallMs, sink);
    }

    private KillCommandResult Lift(KillCommand command, long wallMs, IRiskSink sink)
    {
        if (Latches.Find(command.Latch) is not { } latch)
        {
            return KillCommandResult.Unchanged;
        }

        if (latch.Clearing == KillClearing.WhileCondition)
        {
            sink.Alert(
                new RiskAlert(
                    "kill_cause_remains",
                    $"{command.Operator} wants {latch.Key} lifted, but its cause is still there ({latch.Reason}); it lifts itself when that ends"
                )
            );
            return KillCommandResult.CauseRemains;
        }

        Report(Latches.Clear(command.Latch, command.Operator, command.Reason, wallMs), sink);
        return KillCommandResult.Done;
    }

    private KillCommandResult Stop(KillCommand command, string own, long wallMs, IRiskSink sink)
    {
        bool unconfirmed = command.Mode >= KillMode.HaltAll && !command.Confirmed;
        KillMode mode = unconfirmed ? KillMode.CloseOnly : command.Mode;
        if (unconfirmed)
        {
            sink.Alert(
                new RiskAlert(
                    "kill_not_confirmed",
                    $"{command.Operator} ordered {command.Mode.Name()} without confirming that it stops exits too: close_only is latched; "
                        + "give the command again with --confirm"
                )
            );
        }

        KillLatch latch = new(own, mode, command.Reason, wallMs);
        bool changed = Report(Latches.Set(latch, command.Operator, replace: !unconfirmed), sink);
        if (unconfirmed)
        {
            return KillCommandResult.NotConfirmed;
        }

        return changed ? KillCommandResult.Done : KillCommandResult.Unchanged;
    }

    private static void Say(RiskAlert? alert, IRiskSink sink)
    {
        if (alert is { } said)
        {
            sink.Alert(in said);
        }
    }
}
