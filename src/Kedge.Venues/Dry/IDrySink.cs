namespace Kedge.Venues.Dry;

/// <summary>Takes what a dry venue would have sent. Called from one thread at a time; must not block.</summary>
public interface IDrySink
{
    /// <summary>One command.</summary>
    void Written(DryRecord record);
}
