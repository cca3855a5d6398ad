using System.Runtime.InteropServices;

namespace Kedge.Data.Feed.Serving;

/// <summary>One descriptor to be waited for, as the system's <c>poll</c> has it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    internal int Descriptor;
    internal short Wanted;
    internal short Found;
}
