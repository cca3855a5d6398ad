using System.Globalization;
using System.Text;

namespace Kedge.FeedRace;

/// <summary>Messages as the venue words them.</summary>
internal static class Wire
{
    public const int Symbols = 200;

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"S{i}");

    /// <summary>A message of all mids; the whole part of every price is the message's number.</summary>
    public static byte[] Mids(int number) =>
        Encoding.UTF8.GetBytes(
            "{\"channel\":\"allMids\",\"data\":{\"mids\":{"
                + string.Join(
                    ',',
                    Enumerable
                        .Range(0, Symbols)
                        .Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{Name(i)}\":\"{number}.{100 + i}\""))
                )
                + "}}}"
        );

    public static byte[] Quote(int i, long timeMs) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"channel\":\"bbo\",\"data\":{{\"coin\":\"{Name(i)}\",\"time\":{timeMs},\"bbo\":[{{\"px\":\"23.757\",\"sz\":\"42.09\",\"n\":1}},{{\"px\":\"23.758\",\"sz\":\"100.26\",\"n\":2}}]}}}}"
            )
        );
}
