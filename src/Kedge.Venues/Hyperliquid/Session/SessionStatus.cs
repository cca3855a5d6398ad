namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What a session is doing, for hosts, logs and tests.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Epoch">Connections that came up.</param>
/// <param name="Connections">Sockets asked for.</param>
/// <param name="WeightUsed">REST weight charged in the last minute.</param>
/// <param name="WeightBudget">REST weight this session may use in a minute.</param>
/// <param name="ActionsLeft">Actions the address may still send, as far as known.</param>
/// <param name="Queued">Requests that wait for budget.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="StrayAnswers">Answers to requests nobody waits for.</param>
/// <param name="RateLimited">Answers "too many requests".</param>
/// <param name="Subscribed">Subscriptions acknowledged.</param>
/// <param name="Refused">Subscriptions not made because the limit is reached.</param>
/// <param name="FillsDelivered">Fills told.</param>
/// <param name="FillsRepeated">Fills that came again and were not told.</param>
/// <param name="FillsFoundByAudit">Fills told that the stream had lost.</param>
/// <param name="DecodeRefused">Messages and answers that could not be read.</param>
/// <param name="PricesDropped">Prices that cannot be.</param>
public sealed record SessionStatus(
    SessionState State,
    int Epoch,
    long Connections,
    int WeightUsed,
    int WeightBudget,
    long ActionsLeft,
    int Queued,
    int InFlight,
    long StrayAnswers,
    long RateLimited,
    int Subscribed,
    int Refused,
    long FillsDelivered,
    long FillsRepeated,
    long FillsFoundByAudit,
    long DecodeRefused,
    long PricesDropped
);
