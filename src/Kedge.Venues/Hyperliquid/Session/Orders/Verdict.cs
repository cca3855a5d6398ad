using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>What the end of an action proves.</summary>
/// <param name="Kind">What.</param>
/// <param name="Code">Why it was not sent or was refused.</param>
/// <param name="Text">The venue's words, or ours.</param>
/// <param name="Answer">The answer, when there is one.</param>
internal readonly record struct Verdict(VerdictKind Kind, RejectCode Code, string Text, ExchangeAnswer? Answer)
{
    private const int MaxTextBytes = 200;

    /// <summary>Nothing was sent.</summary>
    public static Verdict NotSent(string text) => new(VerdictKind.NotSent, RejectCode.NotSent, text, null);

    /// <summary>
    /// Reads the end of a request. Refused is only what cannot have been acted on: <c>429</c>; the statuses by which a server says that it did not
    /// take the request (400, 401, 403, 404, 405, 411, 413, 414, 415, 422, 431); and <c>status: err</c>. Everything else that was sent is unknown:
    /// 5xx, 408, 409, redirects, no answer, and an answer that cannot be read.
    /// </summary>
    public static Verdict Of(in RequestAnswer answer, AnswerDecoder decoder)
    {
        if (answer.End != RequestEnd.Answered)
        {
#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.TimeoutIsRejected) && answer.WasSent)
            {
                return new Verdict(VerdictKind.Refused, RejectCode.Other, answer.Reason, null);
            }
#endif
            return answer.WasSent ? new Verdict(VerdictKind.Unknown, default, answer.Reason, null) : NotSent(answer.Reason);
        }

        switch (answer.Status)
        {
            case 200:
                return Read(decoder.Exchange(answer.Body.Span));
            case 429:
                return new Verdict(VerdictKind.Refused, RejectCode.RateLimited, "HTTP 429", null);
            case 400 or 401 or 403 or 404 or 405 or 411 or 413 or 414 or 415 or 422 or 431:
                return new Verdict(
                    VerdictKind.Refused,
                    RejectCode.Other,
                    $"HTTP {answer.Status}: {Excerpt(answer.Body.Span)}",
                    null
                );
            default:
                return new Verdict(VerdictKind.Unknown, default, $"HTTP {answer.Status}", null);
        }
    }

    private static Verdict Read(in DecodeResult<ExchangeAnswer> result)
    {
        if (!result.IsOk)
        {
            return new Verdict(VerdictKind.Unknown, default, $"answer not understood: {result.Fault}", null);
        }

        if (result.Value.IsOk)
        {
            return new Verdict(VerdictKind.Answered, default, string.Empty, result.Value);
        }

        string text = result.Value.Text ?? string.Empty;
        RejectCode code = RejectCodes.Of(result.Value.Reason, text);
        VerdictKind kind = RejectCodes.MayBeRepetition(code, text) ? VerdictKind.Unknown : VerdictKind.Refused;
        return new Verdict(kind, code, text, null);
    }

    private static string Excerpt(ReadOnlySpan<byte> body)
    {
        Span<char> text = stackalloc char[Math.Min(body.Length, MaxTextBytes)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = body[i] is >= 32 and < 127 ? (char)body[i] : '?';
        }

        return new string(text);
    }
}
