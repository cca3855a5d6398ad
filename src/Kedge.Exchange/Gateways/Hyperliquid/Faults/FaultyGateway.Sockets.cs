namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Faults of WebSockets and of the frames on them.</summary>
public sealed partial class FaultyGateway
{
    /// <summary>Candles that are kept from clients at one time.</summary>
    private const int MissingMax = 1_024;

    private readonly SortedDictionary<long, FaultySocket> _sockets = [];
    private readonly Dictionary<CandleKey, long> _missing = [];

    private void Receive(GatewayInput.SocketReceived received)
    {
        if (!_sockets.TryGetValue(received.Connection, out FaultySocket? socket))
        {
            Forward(received);
        }
        else if (socket.IsHalfOpen)
        {
            // Lost on the way, and nobody knows.
        }
        else if (socket.StallsIn > 0)
        {
            socket.In.Enqueue(received);
            DropWhenFull(socket, socket.In.Count);
        }
        else
        {
            Forward(received);
        }
    }

    private void CloseByClient(GatewayInput.SocketClosed closed)
    {
        if (!_sockets.Remove(closed.Connection, out FaultySocket? socket))
        {
            Forward(closed);
            return;
        }

        socket.IsGone = true;
        if (!socket.IsOverInside)
        {
            while (socket.In.TryDequeue(out GatewayInput? held))
            {
                Forward(held);
            }

            socket.IsOverInside = true;
            Forward(closed);
        }
    }

    private void CloseByVenue(GatewayOutput.SocketClose close)
    {
        if (!_sockets.TryGetValue(close.Connection, out FaultySocket? socket))
        {
            return;
        }

        socket.IsOverInside = true;
        if (!socket.IsHalfOpen)
        {
            Deliver(socket, close);
        }
    }

    /// <summary>Ends a connection abruptly, on both sides.</summary>
    private void End(FaultySocket socket, string reason)
    {
        if (socket.IsGone)
        {
            return;
        }

        socket.IsGone = true;
        _sockets.Remove(socket.Connection);
        _effects.Add(new GatewayOutput.SocketClose(socket.Connection, IsAbrupt: true, reason));
        if (!socket.IsOverInside)
        {
            socket.IsOverInside = true;
            Forward(new GatewayInput.SocketClosed(socket.Connection));
        }
    }

    private void Send(GatewayOutput.SocketSend send)
    {
        if (!_sockets.TryGetValue(send.Connection, out FaultySocket? socket) || socket.IsHalfOpen)
        {
            return;
        }

        if (_dice.IsIdle && _missing.Count == 0 && _late.Count == 0 && socket is { SwappedFill: null, SwappedUpdate: null })
        {
            Deliver(socket, send);
            return;
        }

        FramePeek peek = WirePeek.Frame(send.Text.Span);
        if (_dice.HitsShot(FaultKind.SocketDropped, peek.Channel, out _))
        {
            Drop(socket, $"before a frame of {peek.Channel}");
            return;
        }

        if (_dice.HitsShot(FaultKind.SocketHalfOpen, peek.Channel, out _))
        {
            OpenHalf(socket, $"from a frame of {peek.Channel} on");
            return;
        }

        if (_dice.HitsShot(FaultKind.SocketStalled, peek.Channel, out long lastsMs))
        {
            Stall(socket, lastsMs);
        }

        if (peek.IsSnapshot && HistoryPeek.IsChannel(peek.Channel))
        {
            send = send with { Text = WithoutLate(send.Text, peek.Channel, Subject(socket)) };
        }

        switch (peek.Channel)
        {
            case "userFills" when peek.IsSnapshot:
                if (_dice.Hits(FaultKind.SnapshotWithheld, peek.Channel, _now.MonotonicMs, out _))
                {
                    Log(FaultKind.SnapshotWithheld, Subject(socket), $"userFills {peek.Names}".TrimEnd());
                    return;
                }

                Deliver(socket, send);
                break;
            case "userFills":
                SendDisturbed(socket, send, in peek, FaultKind.FillLost);
                break;
            case "orderUpdates":
                SendDisturbed(socket, send, in peek, FaultKind.UpdateLost);
                break;
            case "candle" when peek.Candle != default:
                SendCandle(socket, send, in peek);
                break;
            default:
                Deliver(socket, send);
                break;
        }
    }

    /// <summary>Lost, twice, out of order or late: the four kinds stand one after the other from <paramref name="lost"/> on.</summary>
    private void SendDisturbed(FaultySocket socket, GatewayOutput.SocketSend send, in FramePeek peek, FaultKind lost)
    {
        long now = _now.MonotonicMs;
        FaultKind duplicated = lost + 1;
        FaultKind reordered = lost + 2;
        FaultKind delayed = lost + 3;
        bool isFill = lost == FaultKind.FillLost;
        if (_dice.Hits(lost, peek.Channel, now, out _))
        {
            Log(lost, Subject(socket), $"{peek.Channel} {peek.Names}");
            return;
        }

        HeldItem later = new() { Output = send, Socket = socket };
        if (_dice.Hits(delayed, peek.Channel, now, out long lastsMs) && Hold(later, lastsMs))
        {
            Log(delayed, Subject(socket), $"{peek.Channel} {peek.Names}: {lastsMs} ms");
            return;
        }

        HeldItem? swapped = isFill ? socket.SwappedFill : socket.SwappedUpdate;
        if (swapped is null or { IsDone: true } && _dice.Hits(reordered, peek.Channel, now, out lastsMs) && Hold(later, lastsMs))
        {
            Log(reordered, Subject(socket), $"{peek.Channel} {peek.Names}: after the next, or after {lastsMs} ms");
            _ = isFill ? socket.SwappedFill = later : socket.SwappedUpdate = later;
            return;
        }

        Deliver(socket, send);
        if (swapped is { IsDone: false })
        {
            Release(swapped);
        }

        _ = isFill ? socket.SwappedFill = null : socket.SwappedUpdate = null;
        Duplicate(socket, send, duplicated, peek.Channel, peek.Names);
    }

    private void SendCandle(FaultySocket socket, GatewayOutput.SocketSend send, in FramePeek peek)
    {
        long now = _now.MonotonicMs;
        if (_dice.Hits(FaultKind.CandleMissing, peek.Channel, now, out long lastsMs))
        {
            Miss(FaultKind.CandleMissing, peek.Candle, Subject(socket), lastsMs);
        }

        if (IsMissing(peek.Candle))
        {
            return;
        }

        HeldItem later = new() { Output = send, Socket = socket };
        if (_dice.Hits(FaultKind.CandleLate, peek.Channel, now, out lastsMs) && Hold(later, lastsMs))
        {
            Log(FaultKind.CandleLate, Subject(socket), $"{peek.Candle}: {lastsMs} ms");
            return;
        }

        Deliver(socket, send);
        Duplicate(socket, send, FaultKind.CandleDuplicated, peek.Channel, peek.Candle.ToString());
    }

    private void Duplicate(FaultySocket socket, GatewayOutput.SocketSend send, FaultKind kind, string channel, string names)
    {
        HeldItem again = new() { Output = send, Socket = socket };
        if (_dice.Hits(kind, channel, _now.MonotonicMs, out long lastsMs) && Hold(again, lastsMs))
        {
            Log(kind, Subject(socket), $"{channel} {names}: again after {lastsMs} ms");
            if (lastsMs == 0)
            {
                Release(again);
            }
        }
    }

    /// <summary>A frame or the end of a connection, to the client: held by a stall, lost by a dead connection.</summary>
    private void Deliver(FaultySocket? socket, GatewayOutput output)
    {
        if (socket is null)
        {
            _effects.Add(in output);
        }
        else if (socket.IsGone || socket.IsHalfOpen)
        {
            // Lost on the way.
        }
        else if (socket.StallsOut > 0)
        {
            socket.Out.Enqueue(output);
            DropWhenFull(socket, socket.Out.Count);
        }
        else
        {
            if (output is GatewayOutput.SocketClose)
            {
                socket.IsGone = true;
                _sockets.Remove(socket.Connection);
            }

            _effects.Add(in output);
        }
    }

    private void Drop(FaultySocket socket, string detail)
    {
        Log(FaultKind.SocketDropped, Subject(socket), detail);
        End(socket, "dropped");
    }

    private void OpenHalf(FaultySocket socket, string detail)
    {
        Log(FaultKind.SocketHalfOpen, Subject(socket), detail);
        socket.IsHalfOpen = true;
        socket.Out.Clear();
        socket.In.Clear();
    }

    /// <summary>Towards the client, from it, or both.</summary>
    private void Stall(FaultySocket socket, long lastsMs)
    {
        int ways = 1 + _dice.Below(FaultKind.SocketStalled, 3);
        bool isHeld = true;
        isHeld &= (ways & 1) == 0 || Hold(new HeldItem { Socket = socket }, lastsMs);
        socket.StallsOut += (ways & 1) != 0 && isHeld ? 1 : 0;
        isHeld &= (ways & 2) == 0 || Hold(new HeldItem { Socket = socket, EndsIncoming = true }, lastsMs);
        socket.StallsIn += (ways & 2) != 0 && isHeld ? 1 : 0;
        string way = ways switch
        {
            1 => "to the client",
            2 => "from the client",
            _ => "both ways",
        };
        Log(FaultKind.SocketStalled, Subject(socket), $"{way} for {lastsMs} ms");
    }

    private void EndStall(FaultySocket socket, HeldItem item)
    {
        if (item.EndsIncoming)
        {
            socket.StallsIn--;
            while (socket.StallsIn == 0 && socket.In.TryDequeue(out GatewayInput? input))
            {
                Forward(input);
            }

            return;
        }

        socket.StallsOut--;
        while (socket.StallsOut == 0 && socket.Out.TryDequeue(out GatewayOutput? output))
        {
            Deliver(socket, output);
        }
    }

    private void DropWhenFull(FaultySocket socket, int held)
    {
        if (held > FaultySocket.HeldMax)
        {
            Drop(socket, $"more than {FaultySocket.HeldMax} frames were held");
        }
    }

    private void Miss(FaultKind kind, CandleKey candle, string subject, long lastsMs)
    {
        if (_missing.Count >= MissingMax)
        {
            foreach (CandleKey old in _missing.Where(pair => pair.Value <= _now.MonotonicMs).Select(pair => pair.Key).ToList())
            {
                _missing.Remove(old);
            }
        }

        if (_missing.Count < MissingMax)
        {
            _missing[candle] = _now.MonotonicMs + lastsMs;
            Log(kind, subject, $"{candle}: not served for {lastsMs} ms");
        }
    }

    private bool IsMissing(CandleKey candle)
    {
        if (!_missing.TryGetValue(candle, out long untilMs))
        {
            return false;
        }

        if (untilMs > _now.MonotonicMs)
        {
            return true;
        }

        _missing.Remove(candle);
        return false;
    }

    private static string Subject(FaultySocket socket) => $"connection {socket.Connection} of {socket.Caller}";
}
