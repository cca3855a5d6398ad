using System.Buffers;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;
using CoreAddress = Kedge.Exchange.Core.Address;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>
/// <c>/exchange</c>: reads an action, finds out who signed it, and has it carried out. The order of checks: form (422), weight (429), signer,
/// expiry, nonce, action.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The writer writes into memory and holds nothing to give back."
)]
internal sealed partial class ActionDesk(VenueStore store)
{
    private readonly MsgPackWriter _packed = new();
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(16), new JsonWriterOptions { SkipValidation = true });
    private readonly Dictionary<CoreAddress, bool> _networks = [];
    private readonly Func<CoreAddress, bool> _signs = signer => store.Core.Signs(signer) >= 0;
    private bool _isTestnetLikely;

    /// <summary>Number of the next command; the core keeps it with orders, so it is part of the state.</summary>
    public long NextRequest { get; set; } = 1;

    /// <summary>Nonces used so far.</summary>
    public NonceTable Nonces { get; } = new();

    /// <summary>Signatures taken from clients that signed for mainnet, and for testnet.</summary>
    public (long Mainnet, long Testnet) Taken { get; private set; }

    /// <summary>Answers one request; returns the HTTP status.</summary>
    public int Answer(ReadOnlyMemory<byte> body, IBufferWriter<byte> answer, string caller, IEffectSink<GatewayOutput> effects)
    {
        using JsonDocument? document = Bodies.Parse(body);
        Plan plan = default;
        bool isRead =
            document is not null & Envelope.TryRead(document?.RootElement ?? default, out Envelope envelope)
            && TryPlan(in envelope, out plan);
        int weight = WeightBudget.OfAction(isRead ? plan.Elements : 1);
        if (!store.Weights.TryTake(caller, weight, store.Now.MonotonicMs))
        {
            answer.Write(Bodies.RateLimited);
            return 429;
        }

        if (!isRead)
        {
            answer.Write(Bodies.Malformed);
            return 422;
        }

        _json.Reset(answer);
        Verdict verdict = Carry(in envelope, in plan, effects, out CoreAddress signer);
        if (verdict.Error is not null)
        {
            _json.WriteStartObject();
            _json.WriteString("status"u8, "err"u8);
            _json.WriteString("response"u8, verdict.Error);
            _json.WriteEndObject();
            Log(effects, "refused", signer.ToString(), $"{envelope.Type}: {verdict.Error}");
        }
        else if (!verdict.IsWritten)
        {
            BeginOk("default"u8);
            EndOk();
        }

        _json.Flush();
        return 200;
    }

    private Verdict Carry(in Envelope envelope, in Plan plan, IEffectSink<GatewayOutput> effects, out CoreAddress signer)
    {
        int account = plan.UserDigest is { } digest
            ? FindUser(in envelope, digest, out signer, out bool isMainnet)
            : FindSigner(in envelope, out signer, out isMainnet);
        if (account < 0)
        {
            return Verdict.Refused($"User or API Wallet {signer} does not exist.");
        }

        if (plan.Refusal is not null)
        {
            return Verdict.Refused(plan.Refusal);
        }

        long nowMs = store.ToldMs;
        if (envelope.ExpiresAfterMs is { } expiry && expiry < (ulong)nowMs)
        {
            return Verdict.Refused($"Action expired: expiresAfter {expiry} is before {nowMs}");
        }

        if (Nonces.Use(signer, envelope.Nonce, nowMs, store.Settings.NonceWindow, _signs) is string refusal)
        {
            return Verdict.Refused(refusal);
        }

        Report(signer, isMainnet, effects);
        return plan.Run(account);
    }

    /// <summary>
    /// The account an L1 action is for. A wrong hash is not seen as such: some other address is recovered, which is nobody's. With either
    /// network allowed both sources are tried, that of the last one who signed first: recovering costs more than all the rest.
    /// </summary>
    private int FindSigner(in Envelope envelope, out CoreAddress signer, out bool isMainnet)
    {
        CoreAddress? vault = envelope.Vault is { } address ? Addresses.Of(address) : null;
        Bytes32 id = ActionHash.ConnectionId(_packed.Written, envelope.Nonce, envelope.Vault, envelope.ExpiresAfterMs);
        bool isEither = store.Settings.Network == SignatureNetwork.Either;
        isMainnet = isEither ? !_isTestnetLikely : store.Settings.Network == SignatureNetwork.Mainnet;
        int account = Find(PhantomAgent.Digest(in id, isMainnet), in envelope, vault, out signer);
        if (account >= 0 || !isEither)
        {
            return account;
        }

        account = Find(PhantomAgent.Digest(in id, !isMainnet), in envelope, vault, out CoreAddress second);
        if (account >= 0)
        {
            _isTestnetLikely = isMainnet;
        }

        // A stranger is told the address that mainnet's source gives.
        if (account >= 0 || !isMainnet)
        {
            (signer, isMainnet) = (second, !isMainnet);
        }

        return account;
    }

    private int Find(in Bytes32 digest, in Envelope envelope, CoreAddress? vault, out CoreAddress signer)
    {
        signer = default;
        if (!Secp256k1.Default.TryRecoverAddress(in digest, envelope.Signature, out Kedge.Crypto.Address address))
        {
            return -1;
        }

        signer = Addresses.Of(address);
        return store.Core.Signs(signer, vault);
    }

    /// <summary>The account a user-signed action is for: only its own key may sign, no agent.</summary>
    private int FindUser(in Envelope envelope, Bytes32 digest, out CoreAddress signer, out bool isMainnet)
    {
        isMainnet = envelope.Action.TryText("hyperliquidChain"u8, out string? chain) && chain == "Mainnet";
        signer = default;
        if (!Secp256k1.Default.TryRecoverAddress(in digest, envelope.Signature, out Kedge.Crypto.Address address))
        {
            return -1;
        }

        signer = Addresses.Of(address);
        return store.Core.FindAccount(signer);
    }

    /// <summary>Says once of each signer, and again when it changes, for which network it signs.</summary>
    private void Report(CoreAddress signer, bool isMainnet, IEffectSink<GatewayOutput> effects)
    {
        Taken = isMainnet ? Taken with { Mainnet = Taken.Mainnet + 1 } : Taken with { Testnet = Taken.Testnet + 1 };
        if (!_networks.TryGetValue(signer, out bool before) || before != isMainnet)
        {
            if (_networks.Count >= NonceTable.SignersMax)
            {
                _networks.Clear();
            }

            _networks[signer] = isMainnet;
            Log(effects, "network", signer.ToString(), isMainnet ? "signs for mainnet" : "signs for testnet");
        }
    }

    private void Log(IEffectSink<GatewayOutput> effects, string code, string subject, string detail) =>
        effects.Add(new GatewayOutput.Logged(new GatewayLogEntry(store.ToldMs, code, subject, detail)));

    private void BeginOk(ReadOnlySpan<byte> type)
    {
        _json.WriteStartObject();
        _json.WriteString("status"u8, "ok"u8);
        _json.WriteStartObject("response"u8);
        _json.WriteString("type"u8, type);
    }

    private void EndOk()
    {
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private string Text(OrderStatus status, int account)
    {
        if (status != OrderStatus.TooManyRequests)
        {
            return OrderStatusText.Error(status);
        }

        AccountView view = store.Core.Account(account);
        long volume = view.Volume / Bounds.Usd;
        long cap = store.Core.Settings.RequestsBase + volume;
        return $"{OrderStatusText.Error(status)} ({view.Requests + 1} > {cap}) for cumulative volume traded ${volume}.";
    }

    /// <summary>Carries out a command whose answer is yes or a reason.</summary>
    private Verdict Settle(in ExchangeCommand command, int account)
    {
        OrderStatus status = store.Ask(in command);
        return status == OrderStatus.None ? Verdict.Done : Verdict.Refused(Text(status, account));
    }

    /// <summary>An action that was read.</summary>
    /// <param name="Run">Carries it out for an account.</param>
    /// <param name="Elements">Orders or cancels in it.</param>
    /// <param name="Refusal">Why it is refused whoever signed it.</param>
    /// <param name="UserDigest">What was signed, when it is a user-signed action.</param>
    private readonly record struct Plan(
        Func<int, Verdict> Run,
        int Elements = 1,
        string? Refusal = null,
        Bytes32? UserDigest = null
    );
}
