using System.Buffers;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>What clients say.</summary>
internal sealed partial class StreamHub
{
    private const int EchoMax = 1_000;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>A message arrived. Call <see cref="Flush"/> after it. Whatever it holds, it throws nothing.</summary>
    public void Received(long connection, ReadOnlyMemory<byte> text, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (!_connections.TryGetValue(connection, out StreamConnection? from))
        {
            return;
        }

        if (!from.Caller.TryMessage(now.MonotonicMs))
        {
            Log("limit", from.Caller.Name, "too many messages", effects);
            Error(from, "Too many websocket messages.", in now, effects);
            Close(connection, "Too many messages.", effects);
            return;
        }

        if (text.Length > _settings.MessageMax)
        {
            Log("limit", from.Caller.Name, "message too long", effects);
            Close(connection, "Message too long.", effects);
            return;
        }

        if (!Utf8.IsValid(text.Span) || !Bodies.HoldsOnlyText(text.Span))
        {
            Refuse(from, text.Span, "no text", in now, effects);
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            Take(from, document.RootElement, text.Span, in now, effects);
        }
        catch (JsonException bad)
        {
            Refuse(from, text.Span, bad.Message, in now, effects);
        }
    }

    private void Take(
        StreamConnection from,
        JsonElement message,
        ReadOnlySpan<byte> text,
        in Now now,
        IEffectSink<GatewayOutput> effects
    )
    {
        string? method = message.ValueKind == JsonValueKind.Object ? SubscriptionReader.Text(message, "method") : null;
        switch (method)
        {
            case "ping":
                Begin();
                _json.WriteString("channel"u8, "pong"u8);
                End(from, in now, effects);
                break;
            case "subscribe" or "unsubscribe" when message.TryGetProperty("subscription", out JsonElement wanted):
                Subscribe(from, wanted, method == "subscribe", in now, effects);
                break;
            case "post":
                Post(from, message, text, in now, effects);
                break;
            default:
                Refuse(from, text, "unknown method", in now, effects);
                break;
        }
    }

    private void Subscribe(StreamConnection from, JsonElement wanted, bool isOn, in Now now, IEffectSink<GatewayOutput> effects)
    {
        Subscription? subscription = SubscriptionReader.Read(wanted, _venue);
        string? refusal =
            subscription is null ? "Invalid subscription "
            : isOn ? Refusal(from, subscription)
            : from.Subscriptions.ContainsKey(subscription.Key) ? null
            : "Already unsubscribed: ";
        if (subscription is null || refusal is not null)
        {
            string json = Clip(JsonMarshal.GetRawUtf8Value(wanted));
            Log("subscription", from.Caller.Name, refusal + json, effects);
            Error(from, refusal + json, in now, effects);
            return;
        }

        if (!isOn)
        {
            from.Subscriptions.Remove(subscription.Key, out Subscription? held);
            Forget(held!);
        }

        Begin();
        _json.WriteString("channel"u8, "subscriptionResponse"u8);
        _json.WriteStartObject("data"u8);
        _json.WriteString("method"u8, isOn ? "subscribe"u8 : "unsubscribe"u8);
        _json.WritePropertyName("subscription"u8);
        _json.WriteRawValue(JsonMarshal.GetRawUtf8Value(wanted), skipInputValidation: true);
        _json.WriteEndObject();
        End(from, in now, effects);
        if (isOn)
        {
            subscription.Connection = from;
            from.Subscriptions.Add(subscription.Key, subscription);
            Remember(subscription);
            Send(subscription, isFirst: true, in now, effects);
        }
    }

    private string? Refusal(StreamConnection from, Subscription subscription)
    {
        StreamCaller caller = from.Caller;
        if (from.Subscriptions.ContainsKey(subscription.Key))
        {
            return "Already subscribed: ";
        }

        if (caller.Subscriptions >= _settings.SubscriptionsMax)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Cannot hold more than {_settings.SubscriptionsMax} subscriptions: "
            );
        }

        bool isNewUser = subscription.User.Length > 0 && !caller.Users.ContainsKey(subscription.User);
        return isNewUser && caller.Users.Count >= _settings.UsersMax
            ? string.Create(CultureInfo.InvariantCulture, $"Cannot track more than {_settings.UsersMax} total users: ")
            : null;
    }

    private void Post(
        StreamConnection from,
        JsonElement message,
        ReadOnlySpan<byte> text,
        in Now now,
        IEffectSink<GatewayOutput> effects
    )
    {
        if (!TryPost(message, out long id, out bool isInfo, out JsonElement payload))
        {
            Refuse(from, text, "no valid post", in now, effects);
            return;
        }

        if (from.Caller.Posts >= _settings.PostsMax)
        {
            Log("limit", from.Caller.Name, "too many posts", effects);
            Error(from, string.Create(CultureInfo.InvariantCulture, $"too many pending post requests id={id}"), in now, effects);
            return;
        }

        ReadOnlyMemory<byte> answer = Answer(from, id, isInfo, payload, in now, effects);
        from.Caller.Posts++;
        _posts.Enqueue(new PendingPost(now.MonotonicMs + _settings.PostDelayMs, from, answer));
        AnswerPosts(in now, effects);
    }

    private static bool TryPost(JsonElement message, out long id, out bool isInfo, out JsonElement payload)
    {
        id = 0;
        isInfo = false;
        payload = default;
        if (
            !message.TryGetProperty("id", out JsonElement number)
            || number.ValueKind != JsonValueKind.Number
            || !number.TryGetInt64(out id)
            || !message.TryGetProperty("request", out JsonElement request)
            || request.ValueKind != JsonValueKind.Object
            || !request.TryGetProperty("payload", out payload)
        )
        {
            return false;
        }

        string? type = SubscriptionReader.Text(request, "type");
        isInfo = type == "info";
        return isInfo || type == "action";
    }

    private ReadOnlyMemory<byte> Answer(
        StreamConnection from,
        long id,
        bool isInfo,
        JsonElement payload,
        in Now now,
        IEffectSink<GatewayOutput> effects
    )
    {
        ArrayBufferWriter<byte> body = new();
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(payload);
        int status = isInfo
            ? _venue.Info(raw, body, from.Caller.Name, in now)
            : _venue.Action(raw.ToArray(), body, from.Caller.Name, in now, effects);
        Begin();
        _json.WriteString("channel"u8, "post"u8);
        _json.WriteStartObject("data"u8);
        _json.WriteNumber("id"u8, id);
        _json.WriteStartObject("response"u8);
        if (status != (int)HttpStatusCode.OK)
        {
            _json.WriteString("type"u8, "error"u8);
            string words = Words((HttpStatusCode)status);
            string why = Encoding.UTF8.GetString(body.WrittenSpan);
            _json.WriteString("payload"u8, string.Create(CultureInfo.InvariantCulture, $"{status} {words}: {why}"));
        }
        else if (isInfo)
        {
            _json.WriteString("type"u8, "info"u8);
            _json.WriteStartObject("payload"u8);
            _json.WriteString(
                "type"u8,
                payload.ValueKind == JsonValueKind.Object ? SubscriptionReader.Text(payload, "type") ?? "" : ""
            );
            _json.WritePropertyName("data"u8);
            _json.WriteRawValue(body.WrittenSpan, skipInputValidation: true);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteString("type"u8, "action"u8);
            _json.WritePropertyName("payload"u8);
            _json.WriteRawValue(body.WrittenSpan, skipInputValidation: true);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        return Finish();
    }

    private void AnswerPosts(in Now now, IEffectSink<GatewayOutput> effects)
    {
        while (_posts.TryPeek(out PendingPost post) && post.DueMs <= now.MonotonicMs)
        {
            _posts.Dequeue();
            post.Connection.Caller.Posts--;
            if (post.Connection.IsOpen)
            {
                Put(post.Connection, post.Answer, in now, effects);
            }
        }
    }

    private void Refuse(
        StreamConnection from,
        ReadOnlySpan<byte> text,
        string why,
        in Now now,
        IEffectSink<GatewayOutput> effects
    )
    {
        Log("malformed", from.Caller.Name, why, effects);
        Error(from, "Error parsing JSON into valid websocket request: " + Clip(text), in now, effects);
    }

    private void Error(StreamConnection to, string text, in Now now, IEffectSink<GatewayOutput> effects)
    {
        Begin();
        _json.WriteString("channel"u8, "error"u8);
        _json.WriteString("data"u8, text);
        End(to, in now, effects);
    }

    private static string Clip(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, EchoMax)]);

    private static string Words(HttpStatusCode status) => BetweenWords().Replace(status.ToString(), " ");

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex BetweenWords();
}
