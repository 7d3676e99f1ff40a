using System.Management.Automation;
using Toil.Scripting;

namespace Toil.Cmdlets;

/// <summary>Makes a service of scriptblocks: something that runs beside other jobs for as long as they need it.</summary>
[Cmdlet(VerbsCommon.New, "ToilService")]
[OutputType(typeof(Job))]
public sealed class NewToilServiceCommand : JobBuilderCommand
{
    /// <summary>Starts it. Its output is what the service's users get for the service's promise.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Start { get; set; } = null!;

    /// <summary>Tells now and then whether it is well: $false when it has ended as it should, an error when it has failed.</summary>
    [Parameter(Position = 1)]
    public ScriptBlock? Check { get; set; }

    /// <summary>Stops it.</summary>
    [Parameter(Position = 2)]
    public ScriptBlock? Stop { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Try("InvalidArgument", Start, () =>
        WriteObject(Create(() => ScriptJobs.OfService(Start, Check, Stop, SessionState)).AsService()));
}
