namespace Kedge.Data.Feed.Serving;

/// <summary>Where a feed serves.</summary>
public static class FeedSocketPath
{
    /// <summary>Variable that names the socket, for servers and clients alike.</summary>
    public const string Variable = "AI_QUANT_WS_SIDECAR_SOCK";

    /// <summary>Name of the socket in the folder of the databases.</summary>
    public const string FileName = "kedge-feed.sock";

    /// <summary>The path to use: what was asked for, else what the environment names, else the socket in the folder of the databases.</summary>
    /// <param name="wanted">As an option names it; null or empty when it does not.</param>
    /// <param name="folder">Folder of the databases.</param>
    public static string Resolve(string? wanted, string folder)
    {
        if (!string.IsNullOrEmpty(wanted))
        {
            return wanted;
        }

        string? named = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(named) ? Path.Combine(folder, FileName) : named;
    }
}
