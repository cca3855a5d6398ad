using System.Text;
using System.Text.Json;
using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>Takes requests and ends them as a test says.</summary>
internal sealed class FakeRequestDesk : IRequestDesk
{
    public List<Request> Open { get; } = [];

    public bool IsFull { get; set; }

    public bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int addressActions,
        int timeoutMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    ) => Ask(cls, path, weight, 0, addressActions, timeoutMs, timeoutMs, build, done);

    public void Settle(int items) { }

    public bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int items,
        int addressActions,
        int timeoutMs,
        int waitMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    )
    {
        if (!IsFull)
        {
            Open.Add(new Request(cls, path, weight + items, addressActions, build, done));
        }

        return !IsFull;
    }

    /// <summary>One request.</summary>
    internal sealed class Request(
        RequestClass cls,
        string path,
        int weight,
        int addressActions,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    )
    {
        public RequestClass Class => cls;

        public string Path => path;

        public int Weight => weight;

        public int AddressActions => addressActions;

        public string? Body { get; private set; }

        public bool IsSent => Body is not null;

        /// <summary><c>order</c>, <c>orderStatus</c> and so on; of a request that was sent.</summary>
        public string Type
        {
            get
            {
                using JsonDocument body = JsonDocument.Parse(Body!);
                JsonElement root = body.RootElement;
                root = root.TryGetProperty("action", out JsonElement action) ? action : root;
                return root.GetProperty("type").GetString()!;
            }
        }

        public bool Send(in Now now)
        {
            Body = build(now) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
            return IsSent;
        }

        public void End(in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) => done(answer, now, effects);
    }
}
