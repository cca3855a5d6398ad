using Kedge.Model.Market;

namespace Kedge.Cli.Trading;

/// <summary>
/// Whether the feed that a lane was to have is there. Without it the lane goes on, and enters little: whoever forgot to start the feed would wait for trades in vain.
/// </summary>
/// <param name="socket">Socket of the feed; null when the lane was told to do without.</param>
/// <param name="say">Takes a code and a sentence: <c>feed_down</c> and <c>feed_up</c>, each once at a change.</param>
internal sealed class LaneFeed(string? socket, Action<string, string> say)
{
    private int _isDown;

    /// <summary>No feed answers, and one should.</summary>
    public bool IsDown => Volatile.Read(ref _isDown) != 0;

    /// <summary>A channel's source is another one.</summary>
    public void Changed(in ChannelStatus after)
    {
        if (socket is null)
        {
            return;
        }

        if (after.Reason == HubReason.FeedDown && Interlocked.Exchange(ref _isDown, 1) == 0)
        {
            say(
                "feed_down",
                $"no feed answers at {socket}: prices and bars come from databases and venue, exits go on, little is entered. 'kedge feed run' starts one, --no-feed does without"
            );
        }
        else if (after.Source == HubSource.Feed && Interlocked.Exchange(ref _isDown, 0) != 0)
        {
            say("feed_up", "the feed is there");
        }
    }
}
