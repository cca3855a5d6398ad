using System.Buffers;
using System.Globalization;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Faults of requests over HTTP.</summary>
public sealed partial class FaultyGateway
{
    private const string ActionPath = "/exchange";

    /// <summary>Answers that are looked at at most; those beyond pass as they are.</summary>
    private const int WatchedMax = 4_096;

    /// <summary>How long after its first wrong answer an order may be denied again.</summary>
    private const long ForgottenForMs = 30_000;

    private static readonly int[] FailureStatuses = [500, 502, 503];

    private readonly Dictionary<long, (string Type, string Caller, string Names)> _watched = [];
    private readonly HashSet<long> _unheard = [];
    private readonly Dictionary<string, long> _forgotten = new(StringComparer.Ordinal);
    private long _lastUnheard;
    private long _limitedUntilMs;
    private long _failingUntilMs;

    private void Request(GatewayInput.HttpRequested request)
    {
        bool isCalm =
            _dice.IsIdle
            && _missing.Count == 0
            && _late.Count == 0
            && _limitedUntilMs <= _now.MonotonicMs
            && _failingUntilMs <= _now.MonotonicMs;
        if (isCalm)
        {
            Forward(request);
            return;
        }

        RequestPeek peek = WirePeek.Request(request.Body.Span);
        if (FailsByBurst(request, peek) || (request.Path == ActionPath && FailsAction(request, peek)))
        {
            return;
        }

        bool isWatched = peek.Type is "orderStatus" or "candleSnapshot" || HistoryPeek.IsHistory(peek.Type);
        if (isWatched && request.Path != ActionPath && _watched.Count < WatchedMax)
        {
            _watched[request.Request] = (peek.Type, request.Caller, peek.Names);
        }

        Forward(request);
    }

    private bool FailsByBurst(GatewayInput.HttpRequested request, in RequestPeek peek)
    {
        if (Bursts(FaultKind.RateLimited, peek.Type, ref _limitedUntilMs))
        {
            Log(FaultKind.RateLimited, request.Caller, $"{Named(request, peek)}: 429, not carried out");
            Respond(request.Request, 429, isJson: false, "Too Many Requests"u8.ToArray());
            return true;
        }

        if (!Bursts(FaultKind.ServerError, peek.Type, ref _failingUntilMs))
        {
            return false;
        }

        int status = FailureStatuses[_dice.Below(FaultKind.ServerError, FailureStatuses.Length)];
        bool lands = _dice.Below(FaultKind.ServerError, 2) == 0 && request.Path == ActionPath;
        Log(FaultKind.ServerError, request.Caller, $"{Named(request, peek)}: {status}, {(lands ? "" : "not ")}carried out");
        if (lands)
        {
            ForwardUnheard(request);
        }

        Respond(request.Request, status, isJson: false, "Server Error"u8.ToArray());
        return true;
    }

    /// <summary>A shot hits its number of requests; a draw begins a burst that lasts.</summary>
    private bool Bursts(FaultKind kind, string type, ref long untilMs)
    {
        if (_dice.HitsShot(kind, type, out _) || _now.MonotonicMs < untilMs)
        {
            return true;
        }

        if (!_dice.HitsByChance(kind, _now.MonotonicMs, out long lastsMs))
        {
            return false;
        }

        untilMs = _now.MonotonicMs + lastsMs;
        return true;
    }

    private bool FailsAction(GatewayInput.HttpRequested request, in RequestPeek peek)
    {
        long now = _now.MonotonicMs;
        if (_dice.Hits(FaultKind.NonceRefused, peek.Type, now, out _))
        {
            Log(FaultKind.NonceRefused, request.Caller, $"{Named(request, peek)}: refused, not carried out");
            Respond(
                request.Request,
                200,
                isJson: true,
                """{"status":"err","response":"Invalid nonce: the nonce is too low"}"""u8.ToArray()
            );
            return true;
        }

        if (_dice.Hits(FaultKind.RequestLost, peek.Type, now, out long lastsMs))
        {
            string how = Silence(FaultKind.RequestLost, request.Request, lastsMs);
            Log(FaultKind.RequestLost, request.Caller, $"{Named(request, peek)}: not carried out, {how}");
            return true;
        }

        if (_dice.Hits(FaultKind.RequestLate, peek.Type, now, out lastsMs))
        {
            HeldItem late = new() { Input = Unheard(request) };
            if (Hold(late, lastsMs))
            {
                string how = Silence(FaultKind.RequestLate, request.Request, lastsMs);
                Log(FaultKind.RequestLate, request.Caller, $"{Named(request, peek)}: carried out after {lastsMs} ms, {how}");
                return true;
            }
        }

        if (_dice.Hits(FaultKind.ResponseLost, peek.Type, now, out lastsMs))
        {
            ForwardUnheard(request);
            string how = Silence(FaultKind.ResponseLost, request.Request, lastsMs);
            Log(FaultKind.ResponseLost, request.Caller, $"{Named(request, peek)}: carried out, {how}");
            return true;
        }

        return false;
    }

    /// <summary>The caller hears nothing: its connection ends at once, or only when it has waited long.</summary>
    private string Silence(FaultKind kind, long request, long lastsMs)
    {
        GatewayOutput.HttpAborted abort = new(request);
        if (_dice.Below(kind, 2) == 0 && Hold(new HeldItem { Output = abort }, lastsMs))
        {
            return $"silent for {lastsMs} ms";
        }

        _effects.Add(abort);
        return "connection ended";
    }

    /// <summary>The venue carries a request out, and its answer goes nowhere.</summary>
    private void ForwardUnheard(GatewayInput.HttpRequested request) => Forward(Unheard(request));

    /// <summary>Under a number of its own, so that the caller's may be used again.</summary>
    private GatewayInput.HttpRequested Unheard(GatewayInput.HttpRequested request)
    {
        long number = --_lastUnheard;
        _unheard.Add(number);
        return request with { Request = number };
    }

    private void Answer(GatewayOutput.HttpResponded answer)
    {
        if (_unheard.Remove(answer.Request))
        {
            return;
        }

        if (
            _watched.Remove(answer.Request, out (string Type, string Caller, string Names) asked)
            && answer is { Status: 200, IsJson: true }
        )
        {
            answer = asked.Type switch
            {
                "orderStatus" => Forget(answer, asked.Caller, asked.Names),
                "candleSnapshot" => ServeCandles(answer, asked.Caller),
                _ => answer with { Body = WithoutLate(answer.Body, asked.Type, asked.Caller) },
            };
        }

        _effects.Add(answer);
    }

    private GatewayOutput.HttpResponded Forget(GatewayOutput.HttpResponded answer, string caller, string names)
    {
        if (
            !WirePeek.KnowsOrder(answer.Body.Span)
            || !MayForget(names)
            || !_dice.Hits(FaultKind.OrderNotFound, "orderStatus", _now.MonotonicMs, out _)
        )
        {
            return answer;
        }

        _forgotten.TryAdd(names, _now.MonotonicMs);

        Log(FaultKind.OrderNotFound, caller, $"request {answer.Request} orderStatus {names}: the order exists");
        return answer with { Body = """{"status":"unknownOid"}"""u8.ToArray() };
    }

    /// <summary>A venue whose nodes lag behind each other forgets an order for a while after it has come, not again and again.</summary>
    private bool MayForget(string names)
    {
        if (_forgotten.Count >= WatchedMax)
        {
            _forgotten.Clear();
        }

        return !_forgotten.TryGetValue(names, out long sinceMs) || _now.MonotonicMs - sinceMs <= ForgottenForMs;
    }

    private GatewayOutput.HttpResponded ServeCandles(GatewayOutput.HttpResponded answer, string caller)
    {
        List<(CandleKey Key, Range At)> candles = WirePeek.Candles(answer.Body.Span);
        if (candles.Count == 0)
        {
            return answer;
        }

        long now = _now.MonotonicMs;
        if (_dice.Hits(FaultKind.CandleMissing, "candleSnapshot", now, out long lastsMs))
        {
            Miss(FaultKind.CandleMissing, candles[_dice.Below(FaultKind.CandleMissing, candles.Count)].Key, caller, lastsMs);
        }

        if (_dice.Hits(FaultKind.CandleLate, "candleSnapshot", now, out lastsMs))
        {
            Miss(FaultKind.CandleLate, candles[^1].Key, caller, lastsMs);
        }

        int twice = -1;
        if (_dice.Hits(FaultKind.CandleDuplicated, "candleSnapshot", now, out _))
        {
            twice = _dice.Below(FaultKind.CandleDuplicated, candles.Count);
            Log(FaultKind.CandleDuplicated, caller, $"request {answer.Request}: {candles[twice].Key} twice");
        }

        if (twice < 0 && !candles.Exists(candle => IsMissing(candle.Key)))
        {
            return answer;
        }

        ArrayBufferWriter<byte> body = new(answer.Body.Length + 256);
        body.Write("["u8);
        for (int i = 0; i < candles.Count; i++)
        {
            int copies =
                IsMissing(candles[i].Key) ? 0
                : i == twice ? 2
                : 1;
            for (; copies > 0; copies--)
            {
                body.Write(body.WrittenCount > 1 ? ","u8 : []);
                body.Write(answer.Body.Span[candles[i].At]);
            }
        }

        body.Write("]"u8);
        return answer with { Body = body.WrittenMemory };
    }

    private void Respond(long request, int status, bool isJson, byte[] body) =>
        _effects.Add(new GatewayOutput.HttpResponded(request, status, isJson, body));

    private static string Named(GatewayInput.HttpRequested request, in RequestPeek peek) =>
        string.Create(CultureInfo.InvariantCulture, $"request {request.Request} {peek.Type} {peek.Names}").TrimEnd();
}
