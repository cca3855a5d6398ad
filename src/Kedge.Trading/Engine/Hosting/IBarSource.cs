namespace Kedge.Trading.Engine.Hosting;

/// <summary>Where an engine's bars of the past come from.</summary>
public interface IBarSource
{
    /// <summary>Asks for closed bars; the call does not wait.</summary>
    /// <param name="wanted">What the engine asked for.</param>
    /// <param name="answer">Takes the answer, from any thread, once. While the store cannot answer, the symbol decides nothing: try again, do not answer
    /// with nothing.</param>
    void Load(EngineEffect.LoadBars wanted, Action<EngineEvent.BarsLoaded> answer);
}
