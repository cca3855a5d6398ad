namespace Kedge.ThirdParty.Tests;

/// <summary>One line a script printed.</summary>
internal sealed record ClientStep(string Step, bool Ok, string Detail);
