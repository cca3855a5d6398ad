using Kedge.Cli.Hosting;
using Kedge.Configuration;
using Kedge.Model;

namespace Kedge.Cli.Trading;

/// <summary>
/// Looks at a lane's configuration file once a second, apart from everything else. An edit counts when the file stands still for one look; one that cannot be used
/// changes nothing, and is told once.
/// </summary>
internal sealed class ConfigurationWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Keys that a running lane is built upon.</summary>
    private static readonly string[] Fixed = ["engine.", "oms.", "venue."];

    private readonly LaneConfigurationFile _file;
    private readonly Func<string?, StrategyConfiguration> _load;
    private readonly Action<StrategyConfiguration> _taken;
    private readonly Action<string, string> _say;
    private readonly Action<string, string> _warn;
    private readonly Rounds _rounds;
    private StrategyConfiguration _current;
    private (string? Text, string? Problem) _seen;
    private bool _isJudged = true;
    private bool _isRefused;

    /// <param name="file">The file.</param>
    /// <param name="current">What is in force: its last good text, loaded.</param>
    /// <param name="load">Loads a text; its <see cref="KedgeException"/> says what is wrong with it.</param>
    /// <param name="taken">Puts one in force; may still refuse it by a <see cref="KedgeException"/>, having changed nothing.</param>
    /// <param name="say">Takes a code and a sentence: <c>config_changed</c>, <c>config_unchanged</c>, and <c>configuration</c> for warnings.</param>
    /// <param name="warn">Takes a code and a sentence that somebody has to look at: <c>config_refused</c>.</param>
    public ConfigurationWatcher(
        LaneConfigurationFile file,
        StrategyConfiguration current,
        Func<string?, StrategyConfiguration> load,
        Action<StrategyConfiguration> taken,
        Action<string, string> say,
        Action<string, string> warn
    )
    {
        _file = file;
        _current = current;
        _load = load;
        _taken = taken;
        _say = say;
        _warn = warn;
        _seen = (file.Good, null);
        _rounds = new Rounds($"looking at {file.Path}", Every, LookAsync);
    }

    /// <summary>Looks from now on.</summary>
    /// <param name="failed">Takes a sentence about a look that failed; null for nobody.</param>
    public void Start(Action<string>? failed = null) => _rounds.Start(failed);

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    /// <summary>One look.</summary>
    public void Look()
    {
        (string? Text, string? Problem) now = Read();
        if (now != _seen)
        {
            (_seen, _isJudged) = (now, false);
        }
        else if (!_isJudged)
        {
            _isJudged = true;
            Judge(now.Text, now.Problem);
        }
    }

    private Task LookAsync(CancellationToken stop)
    {
        Look();
        return Task.CompletedTask;
    }

    private (string? Text, string? Problem) Read()
    {
        try
        {
            return (_file.Read(), null);
        }
        catch (Exception e) when (e is KedgeException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private void Judge(string? text, string? problem)
    {
        if (problem is null && string.Equals(text, _file.Good, StringComparison.Ordinal))
        {
            if (_isRefused)
            {
                _isRefused = false;
                _say("config_unchanged", $"{_file.Path} is again what is in force");
            }

            return;
        }

        try
        {
            Take(text, problem);
        }
        catch (KedgeException e)
        {
            _isRefused = true;
            _warn(
                "config_refused",
                $"the edit of {_file.Path} is not used, the lane goes on by the configuration before it: {e.Message}"
            );
        }
    }

    private void Take(string? text, string? problem)
    {
        if (text is not null && IsNothing(text))
        {
            throw KedgeException.Usage(
                "nothing stands in it, as while an editor writes; a lane that runs never takes the built-in defaults for that"
            );
        }

        StrategyConfiguration loaded = problem is null ? _load(text) : throw KedgeException.Environment(problem);
        string[] stay = Changed(_current, loaded);
        if (stay.Length > 0)
        {
            throw KedgeException.Usage(
                $"{string.Join(", ", stay)} cannot change while a lane runs; stop it and start it again, or take that line back"
            );
        }

        bool isSame = string.Equals(loaded.ConfigId, _current.ConfigId, StringComparison.Ordinal);
        string? good = _file.Good;
        try
        {
            // First, for whoever is told may read it.
            _file.Take(text);
            if (!isSame)
            {
                _taken(loaded);
            }
        }
        catch (KedgeException)
        {
            _file.Take(good);
            throw;
        }

        _isRefused = false;
        string from = _current.ConfigId[..12];
        _current = loaded;
        _say(
            isSame ? "config_unchanged" : "config_changed",
            isSame
                ? $"{_file.Path} was edited; no value is another"
                : $"{_file.Path} was edited: configuration {loaded.ConfigId[..12]} follows {from}, limits at once, the rest at the next tick"
        );
        foreach (string warning in loaded.Warnings)
        {
            _say("configuration", warning);
        }
    }

    /// <summary>Blank lines and comments alone: what a file is before an editor or a full disk has let anything be written.</summary>
    private static bool IsNothing(string text) => text.Split('\n').All(l => l.AsSpan().Trim() is [] or ['#', ..] or "---");

    private static string[] Changed(StrategyConfiguration before, StrategyConfiguration after) =>
        [
            .. after
                .EffectiveLines()
                .Except(before.EffectiveLines(), StringComparer.Ordinal)
                .Where(l => Array.Exists(Fixed, f => l.StartsWith(f, StringComparison.Ordinal)))
                .Select(l => l[..l.IndexOf('=', StringComparison.Ordinal)]),
        ];
}
