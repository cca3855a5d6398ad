namespace Kedge.Model.Files;

/// <summary>Why a file took nothing.</summary>
public enum FileFailure
{
    /// <summary>It did.</summary>
    None,

    /// <summary>No space left. The same may succeed later.</summary>
    Full,

    /// <summary>The storage failed. The same may succeed later.</summary>
    Io,
}
