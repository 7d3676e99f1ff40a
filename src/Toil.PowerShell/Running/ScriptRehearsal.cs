using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Toil.Scripting;
using Toil.Worker;
using Shell = System.Management.Automation.PowerShell;

namespace Toil.Running;

/// <summary>Runs a job's script in the user's own session: below its scopes, so that nothing of the job stays, and under its debugger.</summary>
internal sealed class ScriptRehearsal(PSCmdlet cmdlet, bool breaks)
{
    /// <summary>What a worker's session has for all jobs, a job here has in a scope of its own.</summary>
    private const string Caller = """
        param($ToilBody, $ToilFunctions, $ToilArguments, $ToilJob)
        $ErrorActionPreference = 'Stop'
        $PSNativeCommandUseErrorActionPreference = $true
        foreach ($ToilFunction in $ToilFunctions) { . $ToilFunction }
        if ($ToilArguments) { $_ = $ToilArguments[0] }
        & $ToilBody @ToilArguments
        """;

    public void Run(CompiledScript script, LaunchInput input)
    {
        using var shell = Shell.Create(RunspaceMode.CurrentRunspace);
        foreach (var module in script.Modules)
        {
            shell.Commands.Clear();
            shell.AddCommand("Import-Module").AddParameter("Name", module.Path).Invoke();
        }

        shell.Commands.Clear();
        shell.AddScript(Caller, useLocalScope: true)
            .AddArgument(script.CreateBody()).AddArgument(script.CreateFunctions().ToArray()).AddArgument(input.Positional).AddArgument(input.Context);
        if (input.Captured.Count > 0)
        {
            shell.AddParameter("--%", input.Captured);
        }

        Forward(shell.Streams);
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, added) => cmdlet.WriteObject(output[added.Index]);
        using var stop = new StepMode(breaks);
        shell.Invoke(null, output);
    }

    private void Forward(PSDataStreams streams)
    {
        streams.Warning.DataAdded += (_, added) => cmdlet.WriteWarning(streams.Warning[added.Index].Message);
        streams.Verbose.DataAdded += (_, added) => cmdlet.WriteVerbose(streams.Verbose[added.Index].Message);
        streams.Error.DataAdded += (_, added) => cmdlet.WriteError(streams.Error[added.Index]);
    }

    /// <summary>Stops at the next statement, as long as the job runs.</summary>
    private sealed class StepMode : IDisposable
    {
        private readonly Debugger? _debugger;

        public StepMode(bool isOn)
        {
            _debugger = isOn ? Runspace.DefaultRunspace?.Debugger : null;
            _debugger?.SetDebuggerStepMode(true);
        }

        public void Dispose() => _debugger?.SetDebuggerStepMode(false);
    }
}
