using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;
using ModelCandle = Kedge.Model.Venues.VenueCandle;

namespace Kedge.FeedRace;

/// <summary>
/// The feed: reads the venue's messages from a TCP connection, each with four bytes of length before it, through the venue's decoder into a
/// <see cref="FeedService"/> that stores and serves.
/// </summary>
internal sealed class FeedSide : IVenue, IDisposable
{
    private static readonly Interval Minute = Interval.Parse("1m");
    private readonly Lock _telling = new();
    private readonly SymbolTable _symbols = new(Messages.Symbols);
    private readonly StreamDecoder _decoder;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private IVenueListener? _tells;
    private long _refused;

    private FeedSide() => _decoder = new StreamDecoder(_symbols, new DecodeReport());

    public string Name => "race";

    public VenueCapabilities Capabilities => VenueCapabilities.History;

    public static int Run(string folder)
    {
        using FeedSide side = new();
        side._listener.Start();
        string path = Path.Combine(folder, FeedSocketPath.FileName);
        FeedSettings settings = new()
        {
            HistoryBars = Messages.Bars,
            WithFunding = false,
            WithUniverse = false,
        };
        FeedServiceOptions options = new()
        {
            Settings = settings,
            Symbols = Messages.Symbols,
            Folder = folder,
            Serving = new FeedSocketServerOptions { SocketPath = path },
        };
        FeedService service = FeedService.Start(
            options,
            listener =>
            {
                side._tells = listener;
                listener.On(new VenueEvent.SessionUp(1));
                return side;
            }
        );
        Thread reader = new(side.ReadAll) { Name = "venue", IsBackground = true };
        reader.Start();
        Console.WriteLine(((IPEndPoint)side._listener.LocalEndpoint).Port);
        Child.Answer(_ => [.. Child.Usage(), side._refused]);
        service.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Answers questions for candles as the venue would; all else is left alone.</summary>
    public void Send(VenueCommand command)
    {
        if (command is VenueCommand.QueryCandles q)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                List<ModelCandle> bars = [];
                for (long t = q.FromMs - (q.FromMs % q.Interval.Ms); t < q.ToMs && t <= now; t += q.Interval.Ms)
                {
                    bars.Add(Messages.Bar(t, q.Interval));
                }

                lock (_telling)
                {
                    _tells!.On(new VenueEvent.CandlesAnswered(q.Request, bars, IsLast: true, Error: null));
                }
            });
        }
    }

    private void ReadAll()
    {
        using Socket socket = _listener.AcceptSocket();
        socket.NoDelay = true;
        byte[] buffer = new byte[1 << 18];
        int filled = 0;
        while (true)
        {
            int received = socket.Receive(buffer.AsSpan(filled));
            if (received == 0)
            {
                return;
            }

            filled += received;
            int used = 0;
            while (
                filled - used >= 4
                && BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(used)) is int length
                && filled - used >= 4 + length
            )
            {
                Take(buffer.AsSpan(used + 4, length));
                used += 4 + length;
            }

            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        lock (_telling)
        {
            switch (_decoder.Decode(message))
            {
                case PayloadKind.Mids:
                    ReadOnlySpan<int> ids = _decoder.Mids.Ids;
                    ReadOnlySpan<double> prices = _decoder.Mids.Prices;
                    for (int i = 0; i < ids.Length; i++)
                    {
                        _tells!.Mid(_symbols[ids[i]], prices[i], 0);
                    }

                    break;
                case PayloadKind.Quote:
                    ref readonly BestQuote quote = ref _decoder.Quote;
                    _tells!.Quote(_symbols[quote.SymbolId], quote.BidPrice, quote.AskPrice, quote.TimeMs, 0);
                    break;
                case PayloadKind.Candle when _decoder.Message is CandleMessage { Candle: var c }:
                    ModelCandle candle = new(c.OpenTimeMs, c.Open, c.High, c.Low, c.Close, c.Volume, c.Trades);
                    _tells!.On(new VenueEvent.CandleChanged(c.Coin, Minute, candle));
                    break;
                default:
                    _refused++;
                    break;
            }
        }
    }
}
