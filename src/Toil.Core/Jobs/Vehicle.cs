namespace Toil;

/// <summary>What runs a job's code.</summary>
public enum Vehicle : byte
{
    /// <summary>A task in the agent's own process: trusted engine work only.</summary>
    Inline = 0,

    /// <summary>A PowerShell scriptblock in a warm <c>pwsh</c> worker.</summary>
    Script = 1,

    /// <summary>A C# method in a warm worker that is the user's own program.</summary>
    Assembly = 2,

    /// <summary>A child process.</summary>
    Command = 3,
}
