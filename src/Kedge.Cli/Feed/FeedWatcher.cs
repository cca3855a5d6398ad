using System.Diagnostics;
using Kedge.Data.Feed.Serving;
using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>Shows what a feed serves until it is stopped, or has shown enough.</summary>
internal static class FeedWatcher
{
    private const int LookEveryMs = 50;
    private const int DrawEveryMs = 500;

    /// <summary>Runs; 0 when something was heard.</summary>
    /// <exception cref="KedgeException">No feed answered until the time was over (exit 4).</exception>
    public static int Run(FeedClientOptions options, bool isTable, int? count, double? seconds)
    {
        using Stream output = Console.OpenStandardOutput();
        using FeedLines? lines = isTable ? null : new FeedLines(output);
        FeedTable? table = isTable ? new FeedTable() : null;
        IFeedListener listener = (IFeedListener?)lines ?? table!;
        long start = Stopwatch.GetTimestamp();
        using (FeedClient client = FeedClient.Start(options, listener))
        {
            long drawn = start;
            while (!Interruption.Token.IsCancellationRequested && !client.Ended.IsCompleted)
            {
                Interruption.Token.WaitHandle.WaitOne(LookEveryMs);
                if (lines is not null && !lines.Write(count))
                {
                    break;
                }

                if (table is not null && Stopwatch.GetElapsedTime(drawn).TotalMilliseconds >= DrawEveryMs)
                {
                    drawn = Stopwatch.GetTimestamp();
                    table.Draw(Console.Out);
                }

                if (Stopwatch.GetElapsedTime(start).TotalSeconds >= seconds || table?.Updates >= count)
                {
                    break;
                }
            }

            if (client.Ended.IsFaulted)
            {
                client.Ended.GetAwaiter().GetResult();
            }
        }

        bool wasUp = lines?.WasUp ?? table!.WasUp;
        return wasUp || Interruption.Token.IsCancellationRequested
            ? 0
            : throw KedgeException.Environment(
                $"{options.SocketPath}: no feed answers ({lines?.Reason ?? table!.Reason}); start one with 'kedge feed run', or name its socket with --socket"
            );
    }
}
