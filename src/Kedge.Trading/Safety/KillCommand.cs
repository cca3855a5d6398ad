namespace Kedge.Trading.Safety;

/// <summary>An operator's order to stop or to resume, from the command line, the hub or the kill file. It is obeyed once.</summary>
/// <param name="Id">Names the command; the same id is not obeyed again.</param>
/// <param name="Operator">Who gives it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Mode">Mode to latch; <see cref="KillMode.Off"/> lifts a latch.</param>
/// <param name="Latch">Key of the latch to lift; one that is set is always the latch of where the command came from.</param>
/// <param name="Confirmed">He knows that <c>halt_all</c> and <c>hard_kill</c> stop protective exits too.</param>
public sealed record KillCommand(string Id, string Operator, string Reason, KillMode Mode, string Latch, bool Confirmed);
