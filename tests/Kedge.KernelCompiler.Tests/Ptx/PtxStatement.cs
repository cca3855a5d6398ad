using System.Globalization;
using System.Text.RegularExpressions;
using Kedge.KernelCompiler.Source;

namespace Kedge.KernelCompiler.Tests.Ptx;

/// <summary>One line of PTX as one line of C.</summary>
internal static partial class PtxStatement
{
    private const string UnorderedRelations = "equ neu ltu leu gtu geu";

    /// <summary>Translates one statement, label or brace.</summary>
    /// <exception cref="NotSupportedException">The instruction is not known here.</exception>
    public static string ToC(string line)
    {
        if (line is "{" or "}")
        {
            return line;
        }

        if (line.EndsWith(':'))
        {
            return line + ";";
        }

        if (line[0] == '.')
        {
            return Declaration(line);
        }

        Match guard = Guard().Match(line);
        string prefix = guard.Success
            ? $"if ({(guard.Groups["not"].Length > 0 ? "!" : "")}{Operand(guard.Groups["register"].Value, "pred")}) "
            : "";
        string text = line[guard.Length..].TrimEnd(';');
        string operation = text.Split([' ', '\t'], 2)[0];
        string rest = text[operation.Length..].Trim();
        string c = operation switch
        {
            "ret" => "return;",
            "bra" or "bra.uni" => $"goto {rest};",
            "call.uni" => Call(rest),
            _ => Instruction(operation.Split('.'), Operands(rest), line),
        };
        return prefix + c;
    }

    private static string Declaration(string line)
    {
        Match bank = Bank().Match(line);
        if (bank.Success)
        {
            return $"{PtxOnCpu.CType(bank.Groups["type"].Value)} {bank.Groups["name"].Value}[{bank.Groups["count"].Value}];";
        }

        Match local = Local().Match(line);
        if (local.Success)
        {
            return $"_Alignas({local.Groups["align"].Value}) u8 {local.Groups["name"].Value}[{local.Groups["size"].Value}];";
        }

        Match parameter = Parameter().Match(line);
        if (parameter.Success)
        {
            int size = parameter.Groups["size"].Success
                ? int.Parse(parameter.Groups["size"].Value, CultureInfo.InvariantCulture)
                : Size(PtxOnCpu.CType(parameter.Groups["type"].Value));
            return $"_Alignas(16) u8 {parameter.Groups["name"].Value}[{size}];";
        }

        Match single = Single().Match(line);
        return single.Success ? $"{PtxOnCpu.CType(single.Groups["type"].Value)} {single.Groups["name"].Value};"
            : line.StartsWith(".pragma", StringComparison.Ordinal) ? ";"
            : throw new NotSupportedException(line);
    }

    private static string Call(string rest)
    {
        Match call = CallForm().Match(rest);
        string result = call.Groups["result"].Success ? call.Groups["result"].Value + ", " : "";
        return call.Success
            ? $"{call.Groups["name"].Value}({result}{call.Groups["arguments"].Value});"
            : throw new NotSupportedException(rest);
    }

    private static string Instruction(string[] parts, string[] o, string line)
    {
        string name = parts[0];
        string type = parts[^1];
        switch (name)
        {
            case "ld":
                return Load(parts, o);
            case "st":
                return Store(parts, o);
            case "mov":
                return $"{Operand(o[0], "")} = {Operand(o[1], Class(o[0]))};";
            case "cvta":
                return $"{Operand(o[0], "")} = {Operand(o[1], "u64")};";
            case "cvt":
                string from = PtxOnCpu.CType(type);
                string to = PtxOnCpu.CType(parts[^2]);
                return $"{Operand(o[0], "")} = ({to})({from}){Operand(o[1], from)};";
            case "setp":
                return $"{Operand(o[0], "")} = {Relation(parts[1], PtxOnCpu.CType(type), o)};";
            case "selp":
                string chosen = Class(o[0]);
                return $"{Operand(o[0], "")} = {Operand(o[3], "pred")} ? {Operand(o[1], chosen)} : {Operand(o[2], chosen)};";
            case "not":
                return $"{Operand(o[0], "")} = {(type == "pred" ? "!" : "~")}{Operand(o[1], type == "pred" ? type : PtxOnCpu.CType(type))};";
            case "neg" or "abs":
                string value = Operand(o[1], PtxOnCpu.CType(type));
                return name == "neg" ? $"{Operand(o[0], "")} = {(type == "f64" ? "" : "0ULL ")}-{value};"
                    : type == "f64" ? $"{Operand(o[0], "")} = __builtin_fabs({value});"
                    : throw new NotSupportedException(line);
            case "sqrt":
                return $"{Operand(o[0], "")} = __builtin_sqrt({Operand(o[1], "f64")});";
            case "rcp":
                return $"{Operand(o[0], "")} = 1.0 / {Operand(o[1], "f64")};";
            case "shl" or "shr":
                return Shift(name, type, o);
            case "min" or "max" when type != "f64":
                string t = PtxOnCpu.CType(type);
                string a = $"({t}){Operand(o[1], t)}";
                string b = $"({t}){Operand(o[2], t)}";
                return $"{Operand(o[0], "")} = {a} {(name == "min" ? "<" : ">")} {b} ? {a} : {b};";
            default:
                return Binary(name, parts, o, line);
        }
    }

    private static string Binary(string name, string[] parts, string[] o, string line)
    {
        string sign = name switch
        {
            "add" => "+",
            "sub" => "-",
            "mul" => "*",
            "div" when parts[^1] == "f64" => "/",
            "and" => "&",
            "or" => "|",
            "xor" => "^",
            _ => throw new NotSupportedException(line),
        };
        if (parts[^1] == "pred")
        {
            return $"{Operand(o[0], "")} = {Operand(o[1], "pred")} {sign} {Operand(o[2], "pred")};";
        }

        string type = PtxOnCpu.CType(parts[^1]);
        if (parts.Contains("wide", StringComparer.Ordinal))
        {
            string wide =
                type[0] + (2 * int.Parse(type[1..], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
            return $"{Operand(o[0], "")} = ({wide})({type}){Operand(o[1], type)} * ({wide})({type}){Operand(o[2], type)};";
        }

        // In unsigned arithmetic, which wraps; 16 bits would be widened to signed ones.
        string unsigned =
            type is "f64" or "u8" ? type
            : type.EndsWith("16", StringComparison.Ordinal) ? "u32"
            : "u" + type[1..];
        return $"{Operand(o[0], "")} = ({unsigned}){Operand(o[1], type)} {sign} ({unsigned}){Operand(o[2], type)};";
    }

    private static string Shift(string name, string type, string[] o)
    {
        string t = PtxOnCpu.CType(type);
        int bits = int.Parse(t[1..], CultureInfo.InvariantCulture);
        string value = $"({t}){Operand(o[1], t)}";
        string count = $"(u32){Operand(o[2], "u32")}";
        // Counts beyond the width are clamped to it.
        string beyond = t[0] == 'i' ? $"{value} >> {bits - 1}" : "0";
        return $"{Operand(o[0], "")} = {count} >= {bits}u ? {beyond} : {value} {(name == "shl" ? "<<" : ">>")} ({count} & {bits - 1}u);";
    }

    private static string Relation(string relation, string type, string[] o)
    {
        bool unordered = UnorderedRelations.Split(' ').Contains(relation, StringComparer.Ordinal);
        string plain = unordered ? relation[..2] : relation;
        string sign = (plain, unordered) switch
        {
            ("eq", false) => "==",
            ("ne", false) => "!=",
            ("lt" or "lo", false) or ("ge", true) => "<",
            ("le" or "ls", false) or ("gt", true) => "<=",
            ("gt" or "hi", false) or ("le", true) => ">",
            ("ge" or "hs", false) or ("lt", true) => ">=",
            ("ne", true) => "!=",
            _ => throw new NotSupportedException(relation),
        };
        string compared = $"({type}){Operand(o[1], type)} {sign} ({type}){Operand(o[2], type)}";
        if (type == "f64" && plain == "ne" && !unordered)
        {
            throw new NotSupportedException("ne of doubles that are ordered");
        }

        return unordered && plain != "ne" ? $"!({compared})" : $"({compared})";
    }

    private static string Load(string[] parts, string[] o)
    {
        string type = PtxOnCpu.CType(parts[^1]);
        if (o[0][0] != '{')
        {
            return $"{Operand(o[0], "")} = {At(o[1], type, 0)};";
        }

        string[] targets = Operands(o[0].Trim('{', '}'));
        int size = Size(type);
        // Read before written: a target may be the address.
        return $"{{ u64 at = {Address(o[1])}; "
            + string.Concat(targets.Select((target, i) => $"{Operand(target, "")} = *({type} *)(at + {i * size}); "))
            + "}";
    }

    private static string Store(string[] parts, string[] o)
    {
        string type = PtxOnCpu.CType(parts[^1]);
        string[] values = o[1][0] == '{' ? Operands(o[1].Trim('{', '}')) : [o[1]];
        return string.Join(
            " ",
            values.Select((value, i) => $"{At(o[0], type, i * Size(type))} = ({type}){Operand(value, type)};")
        );
    }

    private static int Size(string type) => type == "f64" ? 8 : int.Parse(type[1..], CultureInfo.InvariantCulture) / 8;

    private static string At(string address, string type, int more) => $"*({type} *)({Address(address)} + {more})";

    private static string Address(string text)
    {
        string[] parts = text.Trim('[', ']').Split('+', 2);
        string start = parts[0][0] == '%' ? Operand(parts[0], "u64") : $"(u64){parts[0]}";
        return $"({start} + {(parts.Length == 2 ? parts[1] : "0")})";
    }

    /// <summary>What a register holds, by its name.</summary>
    private static string Class(string register) =>
        register.StartsWith("%fd", StringComparison.Ordinal) ? "f64"
        : register.StartsWith("%rd", StringComparison.Ordinal) || register.StartsWith("%SP", StringComparison.Ordinal) ? "u64"
        : register.StartsWith("%rs", StringComparison.Ordinal) ? "u16"
        : register.StartsWith("%p", StringComparison.Ordinal) ? "pred"
        : "u32";

    private static string Operand(string text, string wanted)
    {
        if (text[0] != '%')
        {
            return text.StartsWith("0d", StringComparison.Ordinal) ? $"from_bits(0x{text[2..]}ULL)"
                : text.StartsWith("__local", StringComparison.Ordinal) ? $"(u64){text}"
                : wanted == "pred" ? $"({text} != 0)"
                : $"({(wanted.Length == 0 ? "u64" : wanted)}){Literals.Int64(long.Parse(text, CultureInfo.InvariantCulture))}";
        }

        Match register = Register().Match(text);
        string name = register.Success ? $"{register.Groups["bank"].Value}[{register.Groups["index"].Value}]" : Special(text);
        string held = Class(text);
        // The bits of a double as an integer, and back.
        return wanted == "f64" && held == "u64" ? $"from_bits({name})"
            : wanted is "u64" or "i64" && held == "f64" ? $"to_bits({name})"
            : name;
    }

    private static string Special(string text) =>
        text switch
        {
            "%SP" => "SP",
            "%SPL" => "SPL",
            "%tid.x" => "tid",
            "%ctaid.x" => "ctaid",
            "%ntid.x" => "ntid",
            _ => throw new NotSupportedException(text),
        };

    /// <summary>Splits at commas that are not within braces.</summary>
    private static string[] Operands(string text) => [.. Separator().Split(text).Select(part => part.Trim())];

    [GeneratedRegex("""^@(?<not>!?)(?<register>%p\d+)\s+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Guard();

    [GeneratedRegex("""^\.reg\s+\.(?<type>\w+)\s+%(?<name>\w+)<(?<count>\d+)>;$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bank();

    [GeneratedRegex("""^\.reg\s+\.(?<type>\w+)\s+%?(?<name>\w+);$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Single();

    [GeneratedRegex(
        """^\.local\s+\.align\s+(?<align>\d+)\s+\.b8\s+(?<name>\w+)\[(?<size>\d+)\];$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Local();

    [GeneratedRegex(
        """^\.param\s+(\.align\s+\d+\s+)?\.(?<type>\w+)\s+(?<name>\w+)(\[(?<size>\d+)\])?;$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Parameter();

    [GeneratedRegex(
        """^(\((?<result>\w+)\)\s*,\s*)?(?<name>\w+)\s*,\s*\((?<arguments>[^)]*)\)\s*$""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CallForm();

    [GeneratedRegex("""^%(?<bank>p|rs|r|rd|fd)(?<index>\d+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Register();

    [GeneratedRegex(""",(?![^{]*\})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Separator();
}
