namespace Kedge.Configuration;

/// <summary>Where a value comes from; a later layer wins.</summary>
public enum SettingLayer
{
    /// <summary>Built in.</summary>
    Default = 0,

    /// <summary>The <c>global</c> section.</summary>
    Global = 1,

    /// <summary>The <c>symbols.X</c> section.</summary>
    Symbol = 2,

    /// <summary>The <c>live</c> section.</summary>
    Live = 3,

    /// <summary>A <c>modes.X</c> section.</summary>
    Mode = 4,

    /// <summary>The command line, or a sweep.</summary>
    Override = 5,
}
