using Kedge.Configuration;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>
/// The configuration file of a lane: as it is on disk, and the last text of it that was good. A lane goes by the latter, also when it begins anew for other symbols,
/// so that a half-written edit never stops one that holds positions.
/// </summary>
internal sealed class LaneConfigurationFile
{
    private readonly bool _isNamed;
    private readonly bool _hasMoney;

    private LaneConfigurationFile(LaneOptions options)
    {
        _isNamed = options.ConfigPath is not null;
        _hasMoney = options.Mode != TradingMode.Paper;
        Path = options.ConfigPath ?? ReplaySetup.DefaultConfigPath;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The last good text; null where there is no file and the defaults count.</summary>
    public string? Good { get; private set; }

    /// <summary>Reads the file a lane starts with. Whether its text is good is known when it has been loaded.</summary>
    /// <exception cref="KedgeException">It cannot be read (exit 4), or anybody may write it and money is traded by it (exit 3).</exception>
    public static LaneConfigurationFile Open(LaneOptions options)
    {
        LaneConfigurationFile file = new(options);
        file.Good = file.Read();
        return file;
    }

    /// <summary>The text as it is now; null where there is none and there was none.</summary>
    /// <exception cref="KedgeException">As for <see cref="Open"/>; also when a file that was there is gone (exit 4).</exception>
    public string? Read()
    {
        if (!_isNamed && Good is null && !File.Exists(Path))
        {
            return null;
        }

        string text = ConfigurationLoader.Read(Path);
        if (_hasMoney && IsOpenToAll())
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{Path}: everybody on this machine may write it, and money is traded by it; take that away with 'chmod o-w'"
            );
        }

        return text;
    }

    private bool IsOpenToAll()
    {
        try
        {
            return !OperatingSystem.IsWindows() && File.GetUnixFileMode(Path).HasFlag(UnixFileMode.OtherWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was read, as while an editor puts a new one in its place.
            throw KedgeException.Environment($"{Path}: cannot be looked at: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>A text is good.</summary>
    public void Take(string? text) => Good = text;
}
