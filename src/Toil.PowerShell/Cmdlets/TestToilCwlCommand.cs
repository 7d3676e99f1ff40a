using System.Management.Automation;
using Toil.Cwl.Loading;

namespace Toil.Cmdlets;

/// <summary>Checks a CWL document, and its inputs if given, without running anything. Each error is written with its file, line and column.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ToilCwl")]
[OutputType(typeof(bool))]
public sealed class TestToilCwlCommand : CwlCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public override string Path { get; set; } = null!;

    /// <summary>The inputs: a hashtable, an object, or the path or URL of an input object.</summary>
    [Parameter(Position = 1)]
    [Alias("Inputs")]
    public object? InputObject { get; set; }

    /// <summary>Unknown fields are only warnings.</summary>
    [Parameter]
    public SwitchParameter NonStrict { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var problems = Require("CwlUnreadable", Path, Check);
        foreach (var problem in problems)
        {
            WriteError(new ErrorRecord(new CwlException([problem]), "CwlInvalid", ErrorCategory.InvalidData, problem.Position.ToString()));
        }

        WriteObject(problems.Count == 0);
    }

    private List<Problem> Check()
    {
        var document = Load(isStrict: !NonStrict);
        var problems = new ProblemList();
        if (!document.HasErrors && MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            ReadInputs(document, InputObject, problems);
        }

        return [.. document.Problems.Concat(problems.All).Where(problem => problem.Severity == Severity.Error)];
    }
}
