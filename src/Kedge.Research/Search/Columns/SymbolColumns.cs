using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>Where the columns of one symbol begin, and the snapshots they make.</summary>
internal unsafe struct SymbolColumns
{
    public Bar* Bars;
    public double* EmaFast;
    public double* EmaSlow;
    public double* EmaMacro;
    public double* Adx;
    public double* Atr;
    public double* Rsi;
    public double* BandRatio;
    public double* Macd;
    public double* AverageAtr;
    public double* StochRsi;
    public double* VolumeMean;
    public double* VolumeTrend;

    /// <summary>Bars of the slope of the slow average; 0 when it takes no part.</summary>
    public int SlopeWindow;

    /// <summary>Sets what exits, filters, sizing and the market read; nothing else of the snapshot is touched.</summary>
    public readonly void Show(int bar, Snapshot* view)
    {
        double* macd = Macd + bar;
        view->Close = Bars[bar].Close;
        view->OpenTimeMs = Bars[bar].OpenTimeMs;
        view->EmaFast = EmaFast[bar];
        view->EmaSlow = EmaSlow[bar];
        view->EmaMacro = EmaMacro[bar];
        view->Adx = Adx[bar];
        view->Atr = Atr[bar];
        view->Rsi = Rsi[bar];
        view->BbWidthRatio = BandRatio[bar];
        view->MacdHist = macd[0];
        view->BarCount = bar;
        view->IsKnown = true;
        if (bar >= 3)
        {
            view->PrevClose = Bars[bar - 1].Close;
            view->AdxSlope = view->Adx - Adx[bar - 1];
            view->AtrSlope = view->Atr - Atr[bar - 1];
            view->PrevMacdHist = macd[-1];
            view->Prev2MacdHist = macd[-2];
            view->Prev3MacdHist = macd[-3];
            return;
        }

        view->PrevClose = bar >= 1 ? Bars[bar - 1].Close : 0.0;
        view->AdxSlope = view->Adx - (bar >= 1 ? Adx[bar - 1] : 0.0);
        view->AtrSlope = view->Atr - (bar >= 1 ? Atr[bar - 1] : 0.0);
        view->PrevMacdHist = bar >= 1 ? macd[-1] : 0.0;
        view->Prev2MacdHist = bar >= 2 ? macd[-2] : 0.0;
        view->Prev3MacdHist = 0.0;
    }

    /// <summary>Sets what entry filters, ranking, sizing and the first stop read; nothing else of the snapshot is right after it, and it counts as none.</summary>
    public readonly void ShowForEntry(int bar, Snapshot* view)
    {
        view->OpenTimeMs = Bars[bar].OpenTimeMs;
        view->Adx = Adx[bar];
        view->AdxSlope = view->Adx - (bar >= 1 ? Adx[bar - 1] : 0.0);
        view->Atr = Atr[bar];
        view->Rsi = Rsi[bar];
        view->MacdHist = Macd[bar];
        view->BarCount = -1;
        view->IsKnown = true;
    }

    /// <summary>Sets what gates and entry modes read besides.</summary>
    public readonly void ShowForSignal(int bar, Snapshot* view)
    {
        Show(bar, view);
        Bar* at = Bars + bar;
        view->Open = at->Open;
        view->High = at->High;
        view->Low = at->Low;
        view->Volume = at->Volume;
        view->AvgAtr = AverageAtr is null ? 0.0 : AverageAtr[bar];
        view->StochRsiK = StochRsi is null ? 0.0 : StochRsi[bar];
        view->VolSma = VolumeMean[bar];
        view->VolTrend = VolumeTrend[bar] > view->VolSma;
        view->PrevEmaFast = bar >= 1 ? EmaFast[bar - 1] : 0.0;
        view->PrevEmaSlow = bar >= 1 ? EmaSlow[bar - 1] : 0.0;
        bool sloped = SlopeWindow > 0 && bar + 1 >= SlopeWindow && at->Close > 0.0;
        view->EmaSlowSlope = sloped ? (EmaSlow[bar] - EmaSlow[bar + 1 - SlopeWindow]) / at->Close : 0.0;
    }
}
