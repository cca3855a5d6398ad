using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// The adapter's machine: commands, answers, socket messages and timers in; requests, socket messages, timers and events out. It never throws for
/// anything that comes from the wire or in a command.
/// </summary>
public sealed class HyperliquidSession : IMachine<SessionInput, SessionEffect>
{
    private readonly SessionSettings settings;

    /// <summary>A session that has not begun.</summary>
    /// <param name="settings">How it behaves.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public HyperliquidSession(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        this.settings = settings;
    }

    /// <summary>What it is doing.</summary>
    public SessionStatus Status =>
        new(
            SessionState.Idle,
            0,
            0,
            0,
            (int)(settings.WeightPerMinute * settings.WeightShare),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        );

    /// <inheritdoc/>
    public void Handle(in SessionInput input, in Now now, IEffectSink<SessionEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(effects);
    }

    /// <summary>Hands the prices of the last <see cref="SessionEffect.Prices"/> over; valid until the next input.</summary>
    public void DeliverPrices(IPriceSink sink) => ArgumentNullException.ThrowIfNull(sink);
}
