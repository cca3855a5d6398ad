namespace Kedge.Crypto;

/// <summary>Why a keystore was not written or not opened.</summary>
public enum KeystoreProblem
{
    /// <summary>It was.</summary>
    None,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>There is a file already; a key is never overwritten.</summary>
    Exists,

    /// <summary>Others than its owner may read or change the file.</summary>
    TooOpen,

    /// <summary>The file is not a keystore of ours.</summary>
    NotAKeystore,

    /// <summary>The file is of a later version, or uses a cipher or a derivation this version does not know.</summary>
    UnknownVersion,

    /// <summary>The derivation of the key from the password is too cheap or absurdly dear.</summary>
    BadDerivation,

    /// <summary>The password is wrong, or the file was changed; encryption cannot tell which.</summary>
    WrongPasswordOrChanged,
}
