using System.Text;

namespace Kedge.KernelCompiler.Source;

/// <summary>Names that C takes: what it does not know becomes an underscore, and no two names of one scope are the same.</summary>
internal sealed class CNames
{
    private static readonly HashSet<string> Reserved = new(
        (
            "auto break case char const continue default do double else enum extern float for goto if inline int long register "
            + "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while "
            + "i8 u8 i16 u16 i32 u32 i64 u64 f64 asm main"
        ).Split(' '),
        StringComparer.Ordinal
    );

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A free name that resembles one of C#.</summary>
    public string Make(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        if (text.Length == 0 || char.IsAsciiDigit(text[0]) || Reserved.Contains(text.ToString()))
        {
            text.Insert(0, "n_");
        }

        string wanted = text.ToString();
        string free = wanted;
        for (int i = 2; !_taken.Add(free); i++)
        {
            free = $"{wanted}_{i}";
        }

        return free;
    }
}
