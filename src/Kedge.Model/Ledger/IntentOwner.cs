namespace Kedge.Model.Ledger;

/// <summary>Who wants an order. The engine manages only its own.</summary>
public enum IntentOwner
{
    /// <summary>The engine: it may cancel and replace it.</summary>
    Engine,

    /// <summary>An operator: nothing cancels it but the operator, and a kill.</summary>
    Operator,
}
