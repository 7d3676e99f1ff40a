namespace Toil;

/// <summary>What runs a job's code.</summary>
public enum Vehicle : byte
{
    /// <summary>A task beside the leader, wherever other jobs run: trusted engine work that takes microseconds.</summary>
    Inline = 0,

    /// <summary>A PowerShell scriptblock in a warm <c>pwsh</c> worker.</summary>
    Script = 1,

    /// <summary>A C# method in a warm worker that is the user's own program.</summary>
    Assembly = 2,

    /// <summary>A child process.</summary>
    Command = 3,

    /// <summary>A task in the process of the agent on the node that the job is given: trusted engine work that sees to child processes.</summary>
    Agent = 4,
}
