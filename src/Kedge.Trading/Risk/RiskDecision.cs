namespace Kedge.Trading.Risk;

/// <summary>The answer to a request, with the number that was held against the limit.</summary>
/// <param name="Code">Why not; <see cref="RiskCode.None"/> when it is allowed.</param>
/// <param name="Actual">What it would come to, in the unit of the limit; 0 when allowed.</param>
/// <param name="Limit">The limit; 0 when allowed.</param>
public readonly record struct RiskDecision(RiskCode Code, double Actual, double Limit)
{
    /// <summary>Whether it may go.</summary>
    public bool IsAllowed => Code == RiskCode.None;

    /// <summary>Let through.</summary>
    public static RiskDecision Allowed => default;

    /// <summary>As a reason that people read: <c>risk blocked max_exposure: 5.2 above 5</c>.</summary>
    public string Describe() => IsAllowed ? "allowed" : $"risk blocked {Code.Name()}: {Actual:0.######} against {Limit:0.######}";
}
