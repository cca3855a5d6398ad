using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>Questions about the account that one answer ends.</summary>
internal sealed class AccountQuestions(InfoDesk info, AnswerDecoder decoder, Address user)
{
    private const int WaitMs = 60_000;
    private const int StatusAttempts = 3;
    private const int CheapWeight = 2;
    private const int Weight = 20;

    private static readonly Func<bool> Always = static () => true;

    /// <summary>Hears an answer, or why there is none.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    public delegate void Listener<in T>(T? value, string? error, Now now, IEffectSink<SessionEffect> effects)
        where T : class;

    /// <summary>The budget of actions.</summary>
    public void RateLimit(in Now now, Listener<RateLimit> then) =>
        Ask(RequestClass.Bulk, InfoBody.Of("userRateLimit", user), Weight, 1, decoder.RateLimit, Always, now, then);

    /// <summary>Balance and positions, while they are wanted.</summary>
    public void Account(int attempts, Func<bool> isWanted, in Now now, Listener<AccountState> then) =>
        Ask(
            RequestClass.Query,
            InfoBody.Of("clearinghouseState", user),
            CheapWeight,
            attempts,
            decoder.Account,
            isWanted,
            now,
            then
        );

    /// <summary>Live orders, while they are wanted.</summary>
    public void Orders(int attempts, Func<bool> isWanted, in Now now, Listener<IReadOnlyList<OpenOrder>> then) =>
        Ask(
            RequestClass.Query,
            InfoBody.Of("frontendOpenOrders", user),
            Weight,
            attempts,
            decoder.OpenOrders,
            isWanted,
            now,
            then
        );

    /// <summary>What became of an order, by the venue's id.</summary>
    public void Status(long venueId, in Now now, Listener<OrderLookup> then) =>
        Status(InfoBody.OrderStatus(user, venueId), now, then);

    /// <summary>What became of an order, by ours.</summary>
    public void Status(string clientId, in Now now, Listener<OrderLookup> then) =>
        Status(InfoBody.OrderStatus(user, clientId), now, then);

    private void Status(ReadOnlyMemory<byte> body, in Now now, Listener<OrderLookup> then) =>
        Ask(RequestClass.Status, body, CheapWeight, StatusAttempts, decoder.OrderStatus, Always, now, then);

    private void Ask<T>(
        RequestClass cls,
        ReadOnlyMemory<byte> body,
        int weight,
        int attempts,
        InfoQuestion<T>.Decoder decode,
        Func<bool> isWanted,
        in Now now,
        Listener<T> then
    )
        where T : class =>
        info.Ask(
            new InfoQuestion<T>(
                cls,
                body,
                weight,
                attempts,
                WaitMs,
                decode,
                (T? value, string? error, in Now at, IEffectSink<SessionEffect> to) => then(value, error, at, to)
            )
            {
                IsWanted = isWanted,
            },
            now
        );
}
