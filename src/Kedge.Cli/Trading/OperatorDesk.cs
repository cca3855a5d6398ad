using System.Globalization;
using Kedge.Model.Orders;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>Carries out what operators ask of a running lane, and answers with what happened.</summary>
/// <param name="ask">Tells the engine, and gives what followed at once.</param>
/// <param name="look">Has the engine looked at.</param>
/// <param name="status">How the lane stands, as JSON.</param>
/// <param name="symbols">Symbols by rank.</param>
internal sealed class OperatorDesk(
    Func<EngineEvent, Task<IReadOnlyList<EngineEffect>>> ask,
    Func<Task> look,
    Func<string> status,
    IReadOnlyList<string> symbols
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(2);

    /// <summary>Answers a request. What it does not understand changes nothing.</summary>
    public async Task<OperatorAnswer> AnswerAsync(OperatorRequest request)
    {
        if (request.Verb == "status")
        {
            // An engine that does not come round is told of by the status itself.
            await look().WaitAsync(LookPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new OperatorAnswer(true, [], status());
        }

        if (CommandOf(request, out string? problem) is not { } command)
        {
            return new OperatorAnswer(false, [problem!]);
        }

        IReadOnlyList<EngineEffect> effects;
        try
        {
            effects = await ask(new EngineEvent.Operated(command)).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (EngineFaultException)
        {
            return new OperatorAnswer(
                false,
                [
                    "the engine failed while it obeyed, and the lane ends: what was done is not known. Look at 'kedge ledger intents' before it is ordered again",
                ]
            );
        }
        catch (OperationCanceledException)
        {
            return new OperatorAnswer(false, ["the engine is stopping; nothing was done"]);
        }
        catch (TimeoutException)
        {
            return new OperatorAnswer(
                false,
                ["the engine has not come to it within 15 s; it is done when it does. Look at 'kedge trade status'"]
            );
        }

        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        List<string> lines = [];
        foreach (EngineEffect effect in effects)
        {
            if (LaneEvent.Of(effect, symbols, now) is { } told)
            {
                lines.Add(told.Symbol.Length == 0 ? told.Text : $"{told.Symbol}: {told.Text}");
            }
        }

        bool isRefused = effects.Any(e => e is EngineEffect.Refused || (e is EngineEffect.Alert alert && SaysLess(alert.Code)));
        if (lines.Count == 0)
        {
            lines.Add(Nothing(command));
        }

        return new OperatorAnswer(!isRefused, lines);
    }

    /// <summary>Less was done than was asked for: nothing, or a milder kill, or a latch stays.</summary>
    private static bool SaysLess(string code) =>
        code.EndsWith("_refused", StringComparison.Ordinal) || code is "kill_not_confirmed" or "kill_cause_remains";

    private static string Nothing(OperatorCommand command) =>
        command switch
        {
            OperatorCommand.Close { Symbol: { } symbol } => $"nothing to do: the lane holds no {symbol}",
            OperatorCommand.Close => "nothing to do: the lane holds nothing",
            OperatorCommand.Kill { Command.Mode: KillMode.Off } kill =>
                $"nothing to do: no latch {kill.Command.Latch} is set, or the command was obeyed before",
            OperatorCommand.Kill => "nothing to do: it is latched already, or the command was obeyed before",
            OperatorCommand.Place place =>
                $"command {place.Id} is taken; the order goes out when the venue has set the leverage. 'kedge ledger intents' shows it",
            _ => "done",
        };

    private OperatorCommand? CommandOf(OperatorRequest request, out string? problem)
    {
        problem = null;
        string who = request.Operator;
        string why = request.Reason;
        if (who.Length is 0 or > 64 || why.Length is 0 or > 500)
        {
            problem = "a command names who gives it and why: --operator (at most 64 characters) and --reason (at most 500)";
            return null;
        }

        if (request.Symbol is { } symbol && !symbols.Contains(symbol, StringComparer.Ordinal))
        {
            problem = $"the lane does not watch {symbol}; it watches {string.Join(' ', symbols)}";
            return null;
        }

        switch (request.Verb)
        {
            case "pause":
                return new OperatorCommand.Pause { Operator = who, Reason = why };
            case "resume":
                return new OperatorCommand.Resume { Operator = who, Reason = why };
            case "kill" when KillModes.TryParse(request.Mode ?? "", out KillMode mode) && mode != KillMode.Off:
                return Kill(request, mode, KillKeys.Operator);
            case "kill":
                problem = $"'{request.Mode}' is no mode; there are close_only, halt_all, hard_kill";
                return null;
            case "clear" when request.Latch is { Length: > 0 } latch:
                return Kill(request, KillMode.Off, latch);
            case "clear":
                problem = "clear lifts one latch by its name; 'kedge trade status' shows them";
                return null;
            case "close" when request.Symbol is not null || request.All:
                return new OperatorCommand.Close
                {
                    Operator = who,
                    Reason = why,
                    Symbol = request.Symbol,
                };
            case "cancel" when request.Symbol is { } of:
                return Cancel(request, of, out problem);
            case "place" when request.Symbol is { } of:
                return PlacedByHand.Read(request, of, out problem);
            case "adopt" when request.Symbol is { } of:
                return new OperatorCommand.Adopt
                {
                    Operator = who,
                    Reason = why,
                    Symbol = of,
                };
            case "close" or "place" or "cancel" or "adopt":
                problem = $"{request.Verb} needs a symbol{(request.Verb == "close" ? ", or --all" : "")}";
                return null;
            default:
                problem =
                    $"'{request.Verb}' is not known; there are status, pause, resume, kill, clear, close, place, cancel, adopt";
                return null;
        }
    }

    private static OperatorCommand.Kill Kill(OperatorRequest request, KillMode mode, string latch) =>
        new()
        {
            Operator = request.Operator,
            Reason = request.Reason,
            Command = new KillCommand(
                request.Id is { Length: > 0 } id ? id : Guid.NewGuid().ToString("N"),
                request.Operator,
                request.Reason,
                mode,
                latch,
                request.Confirm
            ),
        };

    private static OperatorCommand.Cancel? Cancel(OperatorRequest request, string symbol, out string? problem)
    {
        problem = null;
        OperatorCommand.Cancel cancel = new()
        {
            Operator = request.Operator,
            Reason = request.Reason,
            Symbol = symbol,
        };
        if (ClientOrderId.TryParse(request.Order, out ClientOrderId id) && !id.IsNone)
        {
            return cancel with { Id = id };
        }

        if (long.TryParse(request.Order, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0)
        {
            return cancel with { VenueId = number };
        }

        problem = $"'{request.Order}' is no order; give our id (0x and 32 digits) or the venue's number";
        return null;
    }
}
