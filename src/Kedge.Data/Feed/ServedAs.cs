namespace Kedge.Data.Feed;

/// <summary>Why a bar is served.</summary>
public enum ServedAs
{
    /// <summary>It closed: the first time it is served.</summary>
    Closed,

    /// <summary>It was served with other numbers before.</summary>
    Revised,

    /// <summary>Same numbers as before; by now all its minutes are known, so that it is complete.</summary>
    Completed,
}
