namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Why a payload was refused: the closed set that is counted and logged.</summary>
public enum DecodeProblem
{
    /// <summary>None: the payload was read.</summary>
    None,

    /// <summary>No bytes.</summary>
    Empty,

    /// <summary>More bytes than any answer of the venue has.</summary>
    TooLong,

    /// <summary>Not UTF-8, or an escape that stands for half a character.</summary>
    InvalidUtf8,

    /// <summary>Not JSON.</summary>
    Malformed,

    /// <summary>JSON that ends too early.</summary>
    Truncated,

    /// <summary>Something follows the JSON.</summary>
    TrailingBytes,

    /// <summary>Nested deeper than any answer of the venue is.</summary>
    TooDeep,

    /// <summary>A field that must be there is not.</summary>
    MissingField,

    /// <summary>A field, or a symbol, stands twice.</summary>
    DuplicateField,

    /// <summary>A text where a list belongs, and the like.</summary>
    WrongType,

    /// <summary>A text that is no plain decimal number: empty, with an exponent, infinite.</summary>
    BadNumber,

    /// <summary>A number with more digits than can be kept exactly.</summary>
    NumberTooLong,

    /// <summary>A number that cannot be: a negative price, a time before 1970.</summary>
    OutOfRange,

    /// <summary>A text longer than its bound.</summary>
    TextTooLong,

    /// <summary>A list longer than its bound.</summary>
    TooManyItems,

    /// <summary>A word that is none of the known ones, where guessing would be wrong.</summary>
    UnknownValue,

    /// <summary>Two parts that contradict each other.</summary>
    Inconsistent,

    /// <summary>The venue answered <c>null</c>: it does not know what was asked about.</summary>
    AbsentValue,
}
