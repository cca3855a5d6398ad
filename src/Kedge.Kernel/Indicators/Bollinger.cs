namespace Kedge.Kernel.Indicators;

/// <summary>Bollinger bands: mean ± 2 population standard deviations of the last N closes; all three are the partial mean until N.</summary>
public struct Bollinger
{
    private Ring _closes;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window) => _closes.Reset(window);

    /// <summary>Takes one close.</summary>
    public void Next(double close, out double upper, out double lower)
    {
        _closes.Push(close);
        double mean = _closes.Mean();
        if (!_closes.IsFull)
        {
            upper = mean;
            lower = mean;
            return;
        }

        double deviation = Math.Sqrt(_closes.Variance(mean));
        upper = mean + 2.0 * deviation;
        lower = mean - 2.0 * deviation;
    }
}
