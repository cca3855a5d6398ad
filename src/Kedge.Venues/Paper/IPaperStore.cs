namespace Kedge.Venues.Paper;

/// <summary>Keeps what a paper venue remembers.</summary>
public interface IPaperStore
{
    /// <summary>What was kept last; null for a new account.</summary>
    PaperState? Load();

    /// <summary>Keeps a state before the events that belong to it are told. Must not block for long.</summary>
    void Save(PaperState state);
}
