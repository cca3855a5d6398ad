using System.Threading.Channels;
using Kedge.Model.Files;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>What is done off the loop: requests and the disk.</summary>
public sealed partial class HyperliquidVenue
{
    private async ValueTask BringAsync(Arrival arrival)
    {
        try
        {
            await _arrivals.Writer.WriteAsync(arrival, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException or ObjectDisposedException)
        {
            // The venue is closed and nobody waits.
        }
    }

    private async Task AskAsync(SessionEffect.SendHttp request)
    {
        try
        {
            SessionInput end = await _http.SendAsync(request).ConfigureAwait(false);
            await BringAsync(new Arrival(end, null)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task SaveAsync(long upTo)
    {
        // Off the loop: a disk takes its time, and prices go on meanwhile.
        await Task.Yield();
        while (_nonces is { } file && !_stopping.IsCancellationRequested)
        {
            FileOutcome saved = file.Save(upTo);
            if (saved.IsOk)
            {
                await BringAsync(new Arrival(new SessionInput.NonceBlockSaved(upTo), null)).ConfigureAwait(false);
                return;
            }

            lock (_telling)
            {
                _listener.On(
                    new VenueEvent.Noted("nonce_file", $"nonces cannot be written down, so nothing is signed: {saved.Text}")
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(RetrySaveMs), _options.Time).ConfigureAwait(false);
        }
    }
}
