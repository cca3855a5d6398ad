namespace Kedge.KernelCompiler.Source;

/// <content>Numbers. Integers wrap as the runtime's do; floating-point operations are written one by one and stay as they are.</content>
internal sealed partial class BodyTranslator
{
    /// <summary>A comparison as a C condition. Unordered forms are the negation of the opposite: with a NaN they hold.</summary>
    private string Compare(string relation, bool unsigned, Operand left, Operand right)
    {
        string sign = relation switch
        {
            "eq" => "==",
            "ne" => "!=",
            "ge" => ">=",
            "gt" => ">",
            "le" => "<=",
            _ => "<",
        };
        if (left.Kind == SlotKind.Double && right.Kind == SlotKind.Double)
        {
            // bne.un holds for a NaN, and so does != of C; the other unordered forms are negated.
            if (!unsigned || relation == "ne")
            {
                return $"({left.Variable} {sign} {right.Variable})";
            }

            string opposite = relation switch
            {
                "ge" => "<",
                "gt" => "<=",
                "le" => ">",
                _ => ">=",
            };
            return $"!({left.Variable} {opposite} {right.Variable})";
        }

        bool addresses = left.Kind == SlotKind.Address || right.Kind == SlotKind.Address;
        if (left.Kind is SlotKind.Double or SlotKind.Struct || right.Kind is SlotKind.Double or SlotKind.Struct)
        {
            throw Fault($"compares {left.Slot} with {right.Slot}");
        }

        bool wide = addresses || left.Kind == SlotKind.Int64 || right.Kind == SlotKind.Int64;
        string type = (wide, unsigned || addresses) switch
        {
            (true, true) => "u64",
            (true, false) => "i64",
            (false, true) => "u32",
            _ => "i32",
        };
        return $"(({type}){left.Variable} {sign} ({type}){right.Variable})";
    }

    private void Arithmetic(string name, string stem)
    {
        if (name.Contains(".ovf", StringComparison.Ordinal))
        {
            throw Forbidden("may throw");
        }

        string? sign = stem switch
        {
            "add" => "+",
            "sub" => "-",
            "mul" => "*",
            "div" => "/",
            "and" => "&",
            "or" => "|",
            "xor" => "^",
            "shl" => "<<",
            "shr" => ">>",
            "rem" => "%",
            _ => null,
        };
        if (sign is null)
        {
            throw Forbidden(Why(stem));
        }

        Operand right = Pop();
        Operand left = Pop();
        if (left.Kind == SlotKind.Double && right.Kind == SlotKind.Double)
        {
            Push(
                Slot.Double,
                stem is "add" or "sub" or "mul" or "div"
                    ? $"{left.Variable} {sign} {right.Variable}"
                    : throw Forbidden("is a library call for floating-point numbers")
            );
        }
        else if (stem is "div" or "rem")
        {
            throw Forbidden("divides integers");
        }
        else if (left.IsInteger && right.IsInteger)
        {
            Integers(name, stem, sign, left, right);
        }
        else
        {
            Addresses(stem, left, right);
        }
    }

    private void Integers(string name, string stem, string sign, Operand left, Operand right)
    {
        if (stem is "shl" or "shr")
        {
            bool is32 = left.Kind == SlotKind.Int32;
            string count = $"((u32){right.Variable} & {(is32 ? 31 : 63)})";
            string type = stem == "shr" && name != "shr.un" ? (is32 ? "i32" : "i64") : (is32 ? "u32" : "u64");
            Push(left.Slot, $"({(is32 ? "i32" : "i64")})(({type}){left.Variable} {sign} {count})");
            return;
        }

        if (left.Kind == SlotKind.Int32 && right.Kind == SlotKind.Int32)
        {
            Push(Slot.Int32, $"(i32)((u32){left.Variable} {sign} (u32){right.Variable})");
        }
        else
        {
            Push(Slot.Int64, $"(i64)((u64){left.Variable} {sign} (u64){right.Variable})");
        }
    }

    private void Addresses(string stem, Operand left, Operand right)
    {
        bool leftIs = left.Kind == SlotKind.Address;
        bool rightIs = right.Kind == SlotKind.Address;
        switch (stem)
        {
            case "add" when leftIs && right.IsInteger:
                Push(Slot.Address, $"{left.Variable} + {right.Variable}");
                return;
            case "add" when left.IsInteger && rightIs:
                Push(Slot.Address, $"{right.Variable} + {left.Variable}");
                return;
            case "sub" when leftIs && right.IsInteger:
                Push(Slot.Address, $"{left.Variable} - {right.Variable}");
                return;
            case "sub" when leftIs && rightIs:
                Push(Slot.Int64, $"(i64)({left.Variable} - {right.Variable})");
                return;
            default:
                throw Fault($"takes {left.Slot} and {right.Slot}");
        }
    }

    private void Convert(string name)
    {
        if (name.StartsWith("conv.ovf", StringComparison.Ordinal))
        {
            throw Forbidden("may throw");
        }

        Operand value = Pop();
        if (name == "conv.r.un")
        {
            string type = value.Kind == SlotKind.Int32 ? "u32" : "u64";
            Push(Slot.Double, value.IsInteger ? $"(f64)({type}){value.Variable}" : throw Fault($"converts {value.Slot}"));
            return;
        }

        if (name == "conv.r4")
        {
            throw Forbidden("makes a 32-bit floating-point number");
        }

        if (name == "conv.r8")
        {
            Push(
                Slot.Double,
                value.Kind is SlotKind.Double or SlotKind.Int32 or SlotKind.Int64
                    ? $"(f64){value.Variable}"
                    : throw Fault($"converts {value.Slot}")
            );
            return;
        }

        if (value.Kind == SlotKind.Double)
        {
            throw Forbidden("converts a floating-point number to an integer");
        }

        if (value.Kind == SlotKind.Struct)
        {
            throw Fault($"converts {value.Slot}");
        }

        ConvertInteger(name, value);
    }

    private void ConvertInteger(string name, Operand value)
    {
        bool isAddress = value.Kind == SlotKind.Address;
        switch (name)
        {
            case "conv.i" or "conv.u" when isAddress:
                // An address stays one, so that the compiler of the C file still sees what it points into.
                _stack.Add(value.Slot);
                return;
            case "conv.i" or "conv.i8":
                Push(Slot.Int64, $"(i64){value.Variable}");
                return;
            case "conv.u" or "conv.u8":
                Push(Slot.Int64, value.Kind == SlotKind.Int32 ? $"(i64)(u64)(u32){value.Variable}" : $"(i64){value.Variable}");
                return;
        }

        string narrow = name[("conv.".Length)..] switch
        {
            "i1" => "i8",
            "u1" => "u8",
            "i2" => "i16",
            "u2" => "u16",
            "i4" => "i32",
            "u4" => "u32",
            _ => throw Fault("is no conversion of the kernel subset"),
        };
        string from = isAddress ? $"(u64){value.Variable}" : value.Variable;
        Push(Slot.Int32, $"(i32)({narrow}){from}");
    }

    private static string Why(string stem) =>
        stem switch
        {
            "newarr" or "ldelem" or "ldelema" or "stelem" or "ldlen" or "readonly" => "uses an array",
            "box" or "unbox" => "boxes a value",
            "ldstr" => "uses text",
            "throw" or "rethrow" or "leave" or "endfinally" or "endfilter" or "ckfinite" => "throws or handles an exception",
            "castclass" or "isinst" => "casts an object",
            "ldftn" or "ldvirtftn" or "calli" or "ldtoken" or "jmp" => "uses a function or type as a value",
            "ldsfld" or "ldsflda" or "stsfld" => "uses a static field",
            "ldnull" => "uses a reference to an object",
            "localloc" => "reserves stack memory",
            _ => "is an instruction",
        };
}
