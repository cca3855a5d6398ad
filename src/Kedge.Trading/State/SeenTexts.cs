using System.Runtime.CompilerServices;

namespace Kedge.Trading.State;

/// <summary>Texts that were written already, each with its number; the first few are looked through one by one.</summary>
internal struct SeenTexts
{
    private Few _few;
    private int _count;
    private Dictionary<string, int>? _many;

    /// <summary>Number of a text; −1 when it is new, and then it has the next number from now on.</summary>
    public int Find(string value)
    {
        for (int i = 0; i < Math.Min(_count, Few.Length); i++)
        {
            if (string.Equals(_few[i], value, StringComparison.Ordinal))
            {
                return i;
            }
        }

        if (_count < Few.Length)
        {
            _few[_count++] = value;
            return -1;
        }

        _many ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (_many.TryGetValue(value, out int known))
        {
            return known;
        }

        _many.Add(value, _count++);
        return -1;
    }

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 8;
        private string? _first;
    }
}
