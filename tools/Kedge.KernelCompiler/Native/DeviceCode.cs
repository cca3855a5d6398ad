using System.Text.RegularExpressions;

namespace Kedge.KernelCompiler.Native;

/// <summary>What LLVM's intermediate language needs before it becomes PTX.</summary>
public static partial class DeviceCode
{
    /// <summary>
    /// Marks the grid functions as kernels, and chooses between floating-point numbers by their bits. For the second there is a reason: from
    /// <c>x &lt; 0 ? x : 0</c> llc makes one <c>min.f64</c>, which answers −0 for −0 where the comparison answers +0.
    /// </summary>
    /// <param name="code">LLVM's intermediate language as text.</param>
    /// <param name="grids">Names of the grid functions.</param>
    /// <exception cref="ToolchainException">A grid function is not there.</exception>
    public static string Prepare(string code, IReadOnlyList<string> grids)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(grids);
        foreach (string grid in grids)
        {
            string head = $"void @{grid}(";
            int at = code.IndexOf(head, StringComparison.Ordinal);
            code =
                at < 0
                    ? throw new ToolchainException($"{grid} is not in the intermediate language")
                    : code.Insert(at, "ptx_kernel ");
        }

        return DoubleSelect()
            .Replace(
                code,
                match =>
                {
                    string name = match.Groups["name"].Value.TrimStart('%');
                    string then = $"%kedge.then.{name}";
                    string other = $"%kedge.else.{name}";
                    string bits = $"%kedge.bits.{name}";
                    return $"  {then} = bitcast double {match.Groups["then"].Value} to i64\n"
                        + $"  {other} = bitcast double {match.Groups["else"].Value} to i64\n"
                        + $"  {bits} = select i1 {match.Groups["if"].Value}, i64 {then}, i64 {other}\n"
                        + $"  %{name} = bitcast i64 {bits} to double";
                }
            );
    }

    [GeneratedRegex(
        """^  (?<name>%[\w.]+) = select i1 (?<if>[^,]+), double (?<then>[^,]+), double (?<else>[^,\n]+)$""",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        10_000
    )]
    private static partial Regex DoubleSelect();
}
