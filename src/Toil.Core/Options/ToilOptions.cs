using System.Collections.ObjectModel;

namespace Toil;

/// <summary>How a workflow is run. Each property is the command line's option of that name; <c>--help</c> says what it does.</summary>
public sealed record ToilOptions
{
    /// <summary>Locator of the job store, such as <c>./store</c> or <c>file:store</c>; empty while none is named.</summary>
    public string JobStore { get; set; } = "";

    public bool Restart { get; set; }

    /// <summary>Resume from a damaged journal, up to the first damage.</summary>
    public bool AcceptLoss { get; set; }

    public CleanPolicy Clean { get; set; } = CleanPolicy.OnSuccess;

    public string WorkDir { get; set; } = Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    /// <summary>Null leaves the choice to the node.</summary>
    public string? CoordinationDir { get; set; }

    public LogLevel LogLevel { get; set; } = LogLevel.Info;

    /// <summary>Null keeps the log on standard error alone.</summary>
    public string? LogFile { get; set; }

    public string BatchSystem { get; set; } = "single_machine";

    public double DefaultCores { get; set; } = 1;

    public ByteSize DefaultMemory { get; set; } = 2L << 30;

    public ByteSize DefaultDisk { get; set; } = 2L << 30;

    public bool DefaultPreemptible { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public double? MaxCores { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public ByteSize? MaxMemory { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public ByteSize? MaxDisk { get; set; }

    /// <summary>A job is tried one time more than this.</summary>
    public int RetryCount { get; set; } = 1;

    public bool LinkImports { get; set; } = true;

    /// <summary>The part of a log that is kept: the last bytes, or the first ones when negative; zero keeps everything.</summary>
    public ByteSize MaxLogFileSize { get; set; } = 64_000;

    /// <summary>Directory for the logs of failed jobs; null writes none.</summary>
    public string? WriteLogs { get; set; }

    public bool DisableChaining { get; set; }

    public bool DisableProgress { get; set; }

    /// <summary>Environment variables to set for jobs.</summary>
    public IReadOnlyDictionary<string, string> SetEnv { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What a job is given that doesn't ask for itself.</summary>
    internal Requirements DefaultRequirements => new(DefaultCores, DefaultMemory, DefaultDisk, DefaultPreemptible);
}
