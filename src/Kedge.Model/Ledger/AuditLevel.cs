namespace Kedge.Model.Ledger;

/// <summary>How much an audit event matters.</summary>
public enum AuditLevel
{
    /// <summary>For the record.</summary>
    Info,

    /// <summary>Something was held back or looks odd.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Error,
}
