using System.Collections.Concurrent;
using Kedge.Cli.Trading;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Tests.Trading;

public sealed class KillWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_variables_nothing_is_read() => Assert.Equal(KillSwitchReading.None, Source().Read());

    [Fact]
    public void Variables_and_file_are_read_as_they_stand()
    {
        _variables["AI_QUANT_KILL_SWITCH"] = "1";
        _variables["AI_QUANT_KILL_SWITCH_MODE"] = "halt_all";
        _variables["AI_QUANT_HARD_KILL_SWITCH"] = "no";
        _variables["AI_QUANT_KILL_SWITCH_FILE"] = _folder.At("kill");
        Assert.Equal(new KillSwitchReading("1", "halt_all", "no", null), Source().Read());
        File.WriteAllText(_folder.At("kill"), "close_only\n");
        Assert.Equal(new KillSwitchReading("1", "halt_all", "no", "close_only\n"), Source().Read());
    }

    [Fact]
    public void What_cannot_be_read_is_no_missing_file()
    {
        _variables["AI_QUANT_KILL_SWITCH_FILE"] = _folder.At("gone/kill");
        Assert.NotNull(Source().Read().FileError);
        _variables["AI_QUANT_KILL_SWITCH_FILE"] = _folder.Path;
        Assert.NotNull(Source().Read().FileError);
    }

    [Fact]
    public void Of_a_huge_file_no_more_is_read_than_shows_that_it_is_too_long()
    {
        _variables["AI_QUANT_KILL_SWITCH_FILE"] = _folder.At("kill");
        File.WriteAllText(_folder.At("kill"), new string('x', 1 << 20));
        Assert.Equal(KillSwitchReading.MaxFileChars + 1, Source().Read().File!.Length);
    }

    [Fact]
    public async Task A_kill_that_stands_already_is_told_before_the_start_and_changes_once_each()
    {
        _variables["AI_QUANT_KILL_SWITCH_FILE"] = _folder.At("kill");
        File.WriteAllText(_folder.At("kill"), "close_only");
        BlockingCollection<EngineEvent> told = [];
        await using KillWatcher watcher = new(Source(), told.Add);
        Assert.Equal("close_only", Next(told));
        watcher.Start();
        File.WriteAllText(_folder.At("kill.new"), "halt_all");
        File.Move(_folder.At("kill.new"), _folder.At("kill"), overwrite: true);
        Assert.Equal("halt_all", Next(told));
        File.Delete(_folder.At("kill"));
        Assert.Null(Next(told));
        Assert.Empty(told);
    }

    private static string? Next(BlockingCollection<EngineEvent> told)
    {
        Assert.True(told.TryTake(out EngineEvent? next, TimeSpan.FromSeconds(30)));
        return Assert.IsType<EngineEvent.KillRead>(next).Reading.File;
    }

    private KillSwitchSource Source() => new(_variables.GetValueOrDefault);
}
