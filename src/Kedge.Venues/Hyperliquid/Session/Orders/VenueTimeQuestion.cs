using System.Text.Json;
using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>Asks the venue for its time, one question at a time and at most one a second.</summary>
internal sealed class VenueTimeQuestion
{
    private const int Weight = 2;
    private const long PauseMs = 1_000;

    private readonly OrderDeskSettings _settings;
    private readonly IRequestDesk _requests;
    private readonly VenueClock _clock;
    private bool _isAsking;

    /// <summary>A question.</summary>
    public VenueTimeQuestion(OrderDeskSettings settings, IRequestDesk requests, VenueClock clock)
    {
        _settings = settings;
        _requests = requests;
        _clock = clock;
    }

    /// <summary>Whether a question is under way.</summary>
    public bool IsAsking => _isAsking;

    /// <summary>When the next one may be asked, monotonic.</summary>
    public long NextMs { get; private set; } = long.MinValue;

    /// <summary>Asks, if it is time.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="then">Called when the time was heard.</param>
    public void Ask(in Now now, Action<Now, IEffectSink<SessionEffect>> then)
    {
        if (_isAsking || now.MonotonicMs < NextMs)
        {
            return;
        }

        NextMs = now.MonotonicMs + PauseMs;
        _isAsking = _requests.Ask(
            RequestClass.Status,
            "/info",
            Weight,
            0,
            _settings.TimeoutMs,
            static _ => InfoBody.Of("exchangeStatus"),
            (in RequestAnswer answer, in Now at, IEffectSink<SessionEffect> effects) =>
            {
                _isAsking = false;
                if (answer.End == RequestEnd.Answered && answer.Status == 200 && TryReadTime(answer.Body, out long venueMs))
                {
                    _clock.Hear(venueMs, at);
                    then(at, effects);
                }
            }
        );
    }

    /// <summary>The venue's time from the answer to <c>exchangeStatus</c>, UTC epoch milliseconds; false for anything else.</summary>
    private static bool TryReadTime(ReadOnlyMemory<byte> body, out long venueMs)
    {
        venueMs = 0;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("time", out JsonElement time)
                && time.ValueKind == JsonValueKind.Number
                && time.TryGetInt64(out venueMs)
                && venueMs > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
