using System.Buffers;
using Kedge.Model.Machines;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// Everything that later decisions depend on, at once: what a segment of the journal begins with.
public sealed unsafe partial class TradingEngine
{
    /// <summary>
    /// A number for the layout of full states: those of a program with another number cannot be read. It changes with every field of the engine.
    /// </summary>
    public static ulong StateLayout { get; } = StateGraph.Fingerprint(typeof(TradingEngine));

    /// <summary>
    /// Writes everything that decisions, orders and books depend on, between two events. Equal engines write equal bytes. What strategies behind the port
    /// remember by themselves is not in it; they decide by what they are shown.
    /// </summary>
    /// <param name="into">Where to.</param>
    public void SaveFull(IBufferWriter<byte> into) => StateGraph.Save(this, into);

    /// <summary>Becomes the engine that was written: told the same, it does the same to the last bit.</summary>
    /// <param name="state">What <see cref="SaveFull"/> of an engine with the same settings and symbols has written, by a program of the same
    /// <see cref="StateLayout"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are cut, or of another layout. The engine must not be used then.</exception>
    public void LoadFull(ReadOnlySpan<byte> state) => StateGraph.Load(this, state);
}
