namespace Kedge.Configuration;

/// <summary>What a key holds.</summary>
public enum KeyType
{
    /// <summary>A finite double; YAML integers are accepted.</summary>
    Float = 0,

    /// <summary>A YAML integer.</summary>
    Int = 1,

    /// <summary>A YAML boolean.</summary>
    Bool = 2,

    /// <summary>A confidence tier: low, medium or high.</summary>
    Tier = 3,

    /// <summary>One of a closed set of words.</summary>
    Enum = 4,

    /// <summary>The name of an interval, or one of the extra words of the key.</summary>
    Interval = 5,

    /// <summary>A list of symbols; order and repetition have no meaning.</summary>
    List = 6,

    /// <summary>Free text, such as a folder.</summary>
    Text = 7,
}
