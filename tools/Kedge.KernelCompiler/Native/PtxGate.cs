using System.Text.RegularExpressions;

namespace Kedge.KernelCompiler.Native;

/// <summary>Reads PTX and names every operation whose result could differ from the CPU's.</summary>
public static partial class PtxGate
{
    /// <summary>
    /// Operations on 64-bit floating-point numbers that are exact or round once, to nearest. <c>rcp.rn</c> is 1 ÷ x: the same as <c>div.rn</c>
    /// with 1.
    /// </summary>
    private static readonly HashSet<string> Allowed = new(
        (
            "add.rn.f64 sub.rn.f64 mul.rn.f64 div.rn.f64 sqrt.rn.f64 rcp.rn.f64 abs.f64 neg.f64 mov.f64 selp.f64 "
            + "cvt.rn.f64.s8 cvt.rn.f64.u8 cvt.rn.f64.s16 cvt.rn.f64.u16 cvt.rn.f64.s32 cvt.rn.f64.u32 cvt.rn.f64.s64 cvt.rn.f64.u64"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Checks a PTX file.</summary>
    /// <param name="ptx">Its text.</param>
    /// <param name="grids">Functions that must be in it as kernels.</param>
    /// <returns>One line a fault; none when every operation is allowed.</returns>
    public static IReadOnlyList<string> Check(string ptx, IReadOnlyList<string> grids)
    {
        ArgumentNullException.ThrowIfNull(ptx);
        ArgumentNullException.ThrowIfNull(grids);
        List<string> faults = [];
        int number = 0;
        foreach (string line in ptx.Split('\n'))
        {
            number++;
            string text = Comment().Replace(line, "").Trim();
            if (text.StartsWith(".extern", StringComparison.Ordinal))
            {
                faults.Add($"line {number}: {text}: a function from elsewhere");
            }

            string operation = Guard().Replace(text, "").Split([' ', '\t', ';'], 2)[0];
            if (!IsAllowed(operation))
            {
                faults.Add($"line {number}: {operation}: not an operation that rounds once, to nearest");
            }
        }

        faults.AddRange(
            grids
                .Where(grid => !ptx.Contains($".entry {grid}(", StringComparison.Ordinal))
                .Select(grid => $"{grid} is no kernel of it")
        );
        return faults;
    }

    private static bool IsAllowed(string operation)
    {
        string[] parts = operation.Split('.');
        bool declares = operation.StartsWith('.');
        bool isFloat = parts.Any(part => part is "f64" or "f32" or "f16" or "bf16" or "f16x2");
        if (declares || !isFloat)
        {
            return true;
        }

        bool moves = parts[0] is "ld" or "st" or "setp";
        return Allowed.Contains(operation) || (moves && parts[^1] == "f64" && !parts.Contains("ftz", StringComparer.Ordinal));
    }

    [GeneratedRegex("//.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("""^(\{|@!?%\w+)\s*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Guard();
}
