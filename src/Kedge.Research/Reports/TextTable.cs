using System.Text;

namespace Kedge.Research.Reports;

/// <summary>A table of text: the first column left, the others right. Columns are as wide as their content needs.</summary>
internal sealed class TextTable
{
    private readonly List<(string[] Cells, Tone[] Tones)> _rows = [];
    private readonly string[] _header;

    public TextTable(params string[] header) => _header = header;

    public void Row(params (string Text, Tone Tone)[] cells) =>
        _rows.Add(([.. cells.Select(c => c.Text)], [.. cells.Select(c => c.Tone)]));

    public void Write(TextWriter writer, Paint paint, int firstWidth = 0)
    {
        int[] widths = [.. _header.Select(h => h.Length)];
        widths[0] = Math.Max(widths[0], firstWidth);
        foreach ((string[] cells, _) in _rows)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                widths[i] = Math.Max(widths[i], cells[i].Length);
            }
        }

        if (_header.Any(h => h.Length > 0))
        {
            WriteRow(writer, paint, _header, [.. _header.Select(_ => Tone.Dim)], widths);
        }

        foreach ((string[] cells, Tone[] tones) in _rows)
        {
            WriteRow(writer, paint, cells, tones, widths);
        }
    }

    private static void WriteRow(TextWriter writer, Paint paint, string[] cells, Tone[] tones, int[] widths)
    {
        StringBuilder line = new("  ");
        for (int i = 0; i < cells.Length; i++)
        {
            bool left = i == 0 || tones[i] == Tone.Bar;
            string padded = left ? cells[i].PadRight(widths[i]) : cells[i].PadLeft(widths[i]);
            line.Append(i == 0 ? "" : "  ").Append(paint.Of(padded, tones[i]));
        }

        writer.Write(line.ToString().TrimEnd());
        writer.Write('\n');
    }
}
