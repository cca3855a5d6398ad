namespace Kedge.Kernel;

/// <summary>What entries and adds do while market breadth is unknown and a breadth rule is on.</summary>
public enum BreadthUnknownPolicy
{
    /// <summary>Breadth rules do not apply.</summary>
    Allow = 0,

    /// <summary>No entry and no add.</summary>
    Block = 1,
}
