namespace Kedge.Model;

/// <summary>What a failure means for the exit code of the command line.</summary>
public enum FailureKind
{
    /// <summary>Exit 1: the thing asked about is not so.</summary>
    CheckFailed = 1,

    /// <summary>Exit 2: arguments, YAML or specs are wrong.</summary>
    Usage = 2,

    /// <summary>Exit 3: refused for safety.</summary>
    Refused = 3,

    /// <summary>Exit 4: a missing or unreadable file, a full disk, no GPU.</summary>
    Environment = 4,
}

/// <summary>An expected failure, told to the user in one line: what happened, where, and what to do next.</summary>
public sealed class KedgeException : Exception
{
    /// <summary>Builds a failure.</summary>
    /// <param name="kind">What it means for the exit code.</param>
    /// <param name="message">One line: what, where, what to do.</param>
    /// <param name="inner">The cause, shown only with <c>--debug</c>.</param>
    public KedgeException(FailureKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What it means for the exit code.</summary>
    public FailureKind Kind { get; }

    /// <summary>Arguments, YAML or specs are wrong (exit 2).</summary>
    public static KedgeException Usage(string message, Exception? inner = null) => new(FailureKind.Usage, message, inner);

    /// <summary>A missing or unreadable file, a full disk (exit 4).</summary>
    public static KedgeException Environment(string message, Exception? inner = null) =>
        new(FailureKind.Environment, message, inner);
}
