using System.Runtime.CompilerServices;

namespace Kedge.Trading.State;

/// <summary>
/// Objects that were written already, by reference, each with its number. Most graphs are an event of a few objects: those are looked through one by
/// one, for a hash table would cost more than all the rest.
/// </summary>
internal struct SeenObjects
{
    private Few _few;
    private int _count;
    private Dictionary<object, int>? _many;

    /// <summary>Number of an object; −1 when it is new, and then it has the next number from now on.</summary>
    public int Find(object value)
    {
        for (int i = 0; i < Math.Min(_count, Few.Length); i++)
        {
            if (ReferenceEquals(_few[i], value))
            {
                return i;
            }
        }

        if (_count < Few.Length)
        {
            _few[_count++] = value;
            return -1;
        }

        _many ??= new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
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
        private object? _first;
    }
}
