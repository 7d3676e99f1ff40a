using System.Management.Automation;
using Toil.Scripting;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Makes the request of a job depend on values of other jobs.</summary>
[Cmdlet(VerbsCommon.New, "ToilPromisedRequirement")]
[OutputType(typeof(PromisedRequirement))]
public sealed class NewToilPromisedRequirementCommand : ToilCommand
{
    private readonly List<object?> _inputs = [];

    /// <summary>Computes the requirement of the values. It runs as a small job of its own, just before the job that asks.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Jobs and promises whose values are the script's first arguments.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The arguments behind them. Jobs and promises stand for their values.</summary>
    [Parameter]
    [Alias("Args")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            _inputs.Add(PSValues.Unwrap(InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var jobs = Require("CaptureFailed", ScriptBlock, () => new ScriptJobs(ScriptBlock, SessionState));
        foreach (var warning in jobs.Warnings)
        {
            WriteWarning(warning);
        }

        Try("InvalidArgument", ScriptBlock, () => WriteObject(PromisedRequirement.Of(
            jobs.CreateApart(name: null, [.. _inputs, .. (ArgumentList ?? []).Select(PSValues.Unwrap)]).With(cores: 0.1))));
    }
}
