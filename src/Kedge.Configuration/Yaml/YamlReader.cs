using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kedge.Configuration.Yaml;

/// <summary>Reads one YAML document into nodes with lines; keys that occur twice are problems.</summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;

    private readonly Parser _parser;
    private readonly string _source;
    private readonly Problems _problems;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlReader(string text, string source, Problems problems)
    {
        _parser = new Parser(new StringReader(text));
        _source = source;
        _problems = problems;
    }

    /// <summary>The root of the only document; null when the text holds none, or when it is no YAML, which is a problem.</summary>
    public static YamlNode? Read(string text, string source, Problems problems)
    {
        try
        {
            return new YamlReader(text, source, problems).ReadStream();
        }
        catch (YamlException e)
        {
            if (FirstTabIndent(text) is var tab and > 0)
            {
                problems.Error(source, tab, "not valid YAML: the line is indented with a tab; use spaces");
                return null;
            }

            // The parser places an unexpected end of the text one line after it.
            int line = Math.Min((int)e.Start.Line, text.AsSpan().TrimEnd().Count('\n') + 1);
            problems.Error(source, line, $"not valid YAML: {OneLine(e.InnerException?.Message ?? e.Message)}");
            return null;
        }
    }

    /// <summary>The first line whose indent holds a tab; 0 when there is none.</summary>
    private static int FirstTabIndent(string text)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            int indent = line.IndexOfAnyExcept(' ', '\t');
            if (indent > 0 && line[..indent].Contains('\t'))
            {
                return number;
            }
        }

        return 0;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private YamlNode? ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        YamlNode root = ReadNode("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _problems.Error(_source, (int)second.Start.Line, "a second document starts here; one is allowed");
        }

        return root;
    }

    private YamlNode ReadNode(string path, int depth)
    {
        ParsingEvent next = _parser.Current ?? throw new YamlException("the document ends too soon");
        int line = (int)next.Start.Line;
        if (depth > MaxDepth)
        {
            throw new YamlException(next.Start, next.End, $"nested deeper than {MaxDepth} levels");
        }

        if (next is AnchorAlias alias)
        {
            _parser.MoveNext();
            return _anchors.TryGetValue(alias.Value.Value, out YamlNode? target)
                ? target
                : throw new YamlException(next.Start, next.End, $"*{alias.Value.Value} has no anchor before it");
        }

        if (next is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            _problems.Error(_source, line, $"the tag {tagged.Tag.Value} is not supported");
        }

        AnchorName anchor = next is NodeEvent node ? node.Anchor : AnchorName.Empty;
        YamlNode result = ReadContent(path, line, depth);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = result;
        }

        return result;
    }

    private YamlNode ReadContent(string path, int line, int depth)
    {
        if (_parser.Current is Scalar scalar)
        {
            _parser.MoveNext();
            return new YamlNode
            {
                Line = line,
                Scalar = scalar.Value,
                Quoted = scalar.Style != ScalarStyle.Plain,
            };
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            List<YamlNode> items = [];
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(path, depth + 1));
            }

            return new YamlNode { Line = line, Items = items };
        }

        _parser.Consume<MappingStart>();
        List<YamlEntry> entries = [];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent key = _parser.Current!;
            if (key is not Scalar name)
            {
                throw new YamlException(key.Start, key.End, "a key must be plain text");
            }

            _parser.MoveNext();
            string full = path.Length == 0 ? name.Value : $"{path}.{name.Value}";
            int keyLine = (int)name.Start.Line;
            YamlNode value = ReadNode(full, depth + 1);
            if (!seen.TryAdd(name.Value, keyLine))
            {
                _problems.Error(_source, keyLine, $"{full} is set twice; first on line {seen[name.Value]}");
            }

            entries.Add(new YamlEntry(name.Value, keyLine, value));
        }

        return new YamlNode { Line = line, Entries = entries };
    }
}
