using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kedge.KernelCompiler.Tests.Ptx;

/// <summary>
/// Turns PTX into C, instruction by instruction, by the rules of the PTX manual: so that a machine without a card can run what llc wrote. A
/// register is an array element, a jump a goto. An instruction it does not know is an error.
/// </summary>
internal sealed partial class PtxOnCpu
{
    private const string Prelude = """
        typedef signed char i8; typedef unsigned char u8; typedef short i16; typedef unsigned short u16;
        typedef int i32; typedef unsigned int u32; typedef long long i64; typedef unsigned long long u64; typedef double f64;
        static __thread u32 tid, ctaid, ntid;
        static inline f64 from_bits(u64 x) { f64 y; __builtin_memcpy(&y, &x, 8); return y; }
        static inline u64 to_bits(f64 x) { u64 y; __builtin_memcpy(&y, &x, 8); return y; }

        """;

    private readonly StringBuilder _heads = new();
    private readonly StringBuilder _bodies = new();

    /// <summary>Translates a file. Every kernel becomes a function of an address and a count that runs all threads, in blocks of 32.</summary>
    public static string Translate(string ptx)
    {
        PtxOnCpu unit = new();
        foreach (Match match in Function().Matches(Comment().Replace(ptx, "")))
        {
            unit.Write(match);
        }

        return Prelude + unit._heads + unit._bodies;
    }

    private void Write(Match function)
    {
        string name = function.Groups["name"].Value;
        bool isKernel = function.Groups["kind"].Value == ".entry";
        // Arguments and results are bytes in memory, as they are in PTX.
        IEnumerable<string> names = Parameter().Matches(function.Groups["parameters"].Value).Select(p => p.Groups["name"].Value);
        if (function.Groups["result"].Success)
        {
            names = names.Prepend("func_retval0");
        }

        string parameters = string.Join(", ", names.Select(p => $"u8 *{p}"));
        string inner = isKernel ? name + "_thread" : name;
        string head = $"static void {inner}({parameters})";
        _heads.Append(head).Append(";\n");
        if (!function.Groups["body"].Success)
        {
            return;
        }

        _bodies.Append(head).Append("\n{\n");
        foreach (string line in Lines(function.Groups["body"].Value))
        {
            _bodies.Append("    ").Append(PtxStatement.ToC(line)).Append('\n');
        }

        _bodies.Append("}\n\n");
        if (isKernel)
        {
            _bodies.Append(
                $$"""
                __attribute__((visibility("default"))) void {{name}}(u64 work, u64 count)
                {
                    ntid = 32;
                    for (ctaid = 0; ctaid * 32ULL < count; ctaid++)
                        for (tid = 0; tid < 32; tid++)
                            {{inner}}((u8 *)&work, (u8 *)&count);
                }


                """
            );
        }
    }

    /// <summary>One statement, label or brace at a time; a call is written over several lines.</summary>
    private static IEnumerable<string> Lines(string body)
    {
        StringBuilder open = new();
        foreach (string raw in body.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length == 0)
            {
                continue;
            }

            bool whole = open.Length == 0 && (line is "{" or "}" || line.EndsWith(':'));
            open.Append(open.Length > 0 ? " " : "").Append(line);
            if (whole || line.EndsWith(';'))
            {
                yield return open.ToString();
                open.Clear();
            }
        }
    }

    internal static string CType(string type) =>
        type.TrimStart('.') switch
        {
            "f64" => "f64",
            "pred" => "u8",
            var t when t[0] == 's' => "i" + t[1..],
            var t => "u" + int.Parse(t[1..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        };

    [GeneratedRegex("//[^\n]*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        """
            ^(\.visible\s+)?(?<kind>\.func|\.entry)\s*(?<result>\(\.param[^)]*\)\s*)?(?<name>\w+)\s*\((?<parameters>[^)]*)\)\s*(;|\{\n(?<body>.*?)^\}$)
            """,
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        10_000
    )]
    private static partial Regex Function();

    [GeneratedRegex("""\.param\s+(\.align\s+\d+\s+)?\.\w+\s+(?<name>\w+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Parameter();
}
