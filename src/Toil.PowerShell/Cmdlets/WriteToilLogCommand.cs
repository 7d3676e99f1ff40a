using System.Management.Automation;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Sends a message of the running job to the leader's log.</summary>
[Cmdlet(VerbsCommunications.Write, "ToilLog")]
[OutputType(typeof(void))]
public sealed class WriteToilLogCommand : ToilCommand
{
    /// <summary>The message.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] Message { get; set; } = [];

    /// <summary>How much it matters.</summary>
    [Parameter]
    public LogLevel Level { get; set; } = LogLevel.Info;

    /// <summary>Sends it to the real-time log: it is shown at once with -RealTimeLogging, and dropped without.</summary>
    [Parameter]
    public SwitchParameter RealTime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var job = Require("NotInJob", null, () => RunningJob.Current
            ?? throw new ToilException("Write-ToilLog works inside a job: it is the running job that the message comes from."));
        foreach (var message in Message)
        {
            if (RealTime)
            {
                job.Context.LogInRealTime(message, Level);
            }
            else
            {
                job.Context.Log(message, Level);
            }
        }
    }
}
