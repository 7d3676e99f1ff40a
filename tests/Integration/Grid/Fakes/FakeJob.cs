namespace Toil.Integration.Tests.Grid.Fakes;

internal enum FakeState
{
    Held,
    Pending,
    Running,
    Ended,
}

/// <summary>Why a job ended, or doesn't run any more.</summary>
internal enum FakeCause
{
    /// <summary>Its command ended.</summary>
    Itself,
    OutOfMemory,
    TimeLimit,
    Preempted,
    NodeLost,
    Cancelled,
}

/// <summary>A job, or an element of an array.</summary>
internal sealed class FakeJob
{
    public required int Number { get; init; }

    /// <summary>Its place in its array; null for a job of its own.</summary>
    public int? Index { get; init; }

    public string Name { get; init; } = "";

    /// <summary>What runs, with its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required string Directory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public string Output { get; init; } = "/dev/null";

    public string Error { get; init; } = "/dev/null";

    public int Slots { get; init; } = 1;

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What else the scheduler knows of it.</summary>
    public Dictionary<string, string> Notes { get; init; } = [];

    /// <summary>The scheduler shows it only from then on.</summary>
    public DateTime Shown { get; init; } = DateTime.UtcNow;

    public FakeState State { get; set; } = FakeState.Pending;

    public FakeCause Cause { get; set; }

    /// <summary>Why it is held, when the scheduler holds it.</summary>
    public FakeCause? HeldFor { get; set; }

    public DateTime Submitted { get; } = DateTime.UtcNow;

    public DateTime Started { get; set; }

    public DateTime Ended { get; set; }

    /// <summary>The exit code as a shell sees it: 128 and the signal's number after a signal.</summary>
    public int Code { get; set; }

    public int Starts { get; set; }

    public int Process { get; set; }

    public string Node => Number % 2 == 0 ? "n2" : "n1";
}
