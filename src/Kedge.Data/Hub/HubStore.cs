using System.Collections.Concurrent;
using Kedge.Data.Manager;
using Kedge.Model;

namespace Kedge.Data.Hub;

/// <summary>Reads the databases on a thread of its own. Each question opens its file anew, so that one that was replaced is seen.</summary>
internal sealed class HubStore : IDisposable
{
    // One question a series at a time: as many as there are series, at most.
    private readonly BlockingCollection<HubEffect.ReadStore> _questions = new();
    private readonly SqliteSource _source;
    private readonly Action<HubInput.StoreRead> _answer;
    private readonly Thread _thread;

    public HubStore(string folder, Action<HubInput.StoreRead> answer)
    {
        _source = new SqliteSource(folder);
        _answer = answer;
        _thread = new Thread(Run) { Name = "hub store", IsBackground = true };
        _thread.Start();
    }

    public void Ask(HubEffect.ReadStore question) => _questions.Add(question);

    public void Dispose()
    {
        _questions.CompleteAdding();
        _thread.Join();
        _questions.Dispose();
    }

    private void Run()
    {
        foreach (HubEffect.ReadStore question in _questions.GetConsumingEnumerable())
        {
            _answer(Read(question));
        }
    }

    private HubInput.StoreRead Read(HubEffect.ReadStore question)
    {
        try
        {
            DataRequest request = DataRequest.Candles(
                question.Symbol,
                AssetType.Perp,
                question.Interval,
                question.FromMs,
                question.ToMs
            );
            SourceAnswer read = _source.Read(request, CancellationToken.None);
            return new HubInput.StoreRead(question.Request, read.Candles, read.Empty, null);
        }
        catch (KedgeException e)
        {
            return new HubInput.StoreRead(question.Request, [], [], e.Message);
        }
    }
}
