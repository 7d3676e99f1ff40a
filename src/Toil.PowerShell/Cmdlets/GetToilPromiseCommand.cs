using System.Globalization;
using System.Management.Automation;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>The promise of a job's value, or of a part of it.</summary>
[Cmdlet(VerbsCommon.Get, "ToilPromise")]
[OutputType(typeof(Promise))]
public sealed class GetToilPromiseCommand : ToilCommand
{
    /// <summary>The job whose value is meant.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public Job[] Job { get; set; } = [];

    /// <summary>The way to the part: list indices, keys, property names, ranges.</summary>
    [Parameter(Position = 1)]
    public object[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var job in Job)
        {
            Try("InvalidPath", Path, () => WriteObject(job.Rv([.. Path.Select(StepOf)])));
        }
    }

    /// <summary>PowerShell reads a negative number among bare words as a word.</summary>
    private static object StepOf(object step) => PSValues.Unwrap(step) switch
    {
        string text when text.StartsWith('-') && int.TryParse(text, CultureInfo.InvariantCulture, out var index) => index,
        var other => other!,
    };
}
