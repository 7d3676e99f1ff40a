namespace Toil.Agents;

/// <summary>What to start as a child process. It gets a session of its own and no descriptors but 0, 1 and 2.</summary>
internal sealed record ChildStart(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Its whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Null keeps the agent's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>A descriptor to be its standard input.</summary>
    public int? Input { get; init; }

    /// <summary>The file to be its standard input where there is no descriptor.</summary>
    public string InputPath { get; init; } = "/dev/null";

    /// <summary>The file that its standard output is appended to; null leaves both outputs as the agent's.</summary>
    public string? OutputPath { get; init; } = "/dev/null";

    /// <summary>The file that its standard error is appended to; null for the same as the output's.</summary>
    public string? ErrorPath { get; init; }

    /// <summary>
    /// A program and its arguments that undo what it starts outside of its session, such as a container; null when there is nothing. They are run
    /// when it is killed or fails, and by the janitor or the next agent when its agent is killed.
    /// </summary>
    public IReadOnlyList<string>? Undo { get; init; }

    /// <summary>Called as soon as it has its process number, and in any case before <see cref="Ending"/>.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>Called once it has ended, while its process id can't be given to another process yet.</summary>
    public Action<int>? Ending { get; init; }
}
