using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Golden.Engine;

/// <summary>Candidates of one moment, ranked by the kernel on the truncated score.</summary>
internal sealed unsafe class CandidateList(int symbols)
{
    private readonly EntryCandidate[] _bySymbol = new EntryCandidate[symbols];
    private readonly Candidate[] _ranked = new Candidate[symbols];
    private int _count;

    /// <summary>Symbols in the order of execution; sort first.</summary>
    public ReadOnlySpan<Candidate> Ranked => _ranked.AsSpan(0, _count);

    public EntryCandidate this[int symbol] => _bySymbol[symbol];

    public void Clear() => _count = 0;

    public void Add(int symbol, in EntryCandidate candidate)
    {
        _bySymbol[symbol] = candidate;
        _ranked[_count++] = new Candidate
        {
            Symbol = symbol,
            Score = Ranking.Score(candidate.Signal.Confidence, Math.Truncate(candidate.Adx)),
        };
    }

    public void Sort()
    {
        fixed (Candidate* first = _ranked)
        {
            Ranking.Sort(first, _count);
        }
    }
}
