using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Toil.Scripting;
using Shell = System.Management.Automation.PowerShell;

namespace Toil.Worker;

/// <summary>The runspace that a worker's jobs run in, one after the other. Used on the job thread only.</summary>
internal sealed class JobRunspace : IDisposable
{
    private static readonly CmdletInfo Result = new("Out-ToilResult", typeof(OutResultCommand));

    private readonly JobHost _host = new();
    private readonly Runspace _runspace;
    private readonly Shell _shell;
    private readonly CommandWatch _watch;
    private readonly RunspaceSnapshot _snapshot;
    private readonly Dictionary<UInt128, CommandInfo> _bodies = [];
    private readonly PSDriveInfo _root;

    public JobRunspace(InitialSessionState initial, StreamLog log)
    {
        _runspace = RunspaceFactory.CreateRunspace(_host, initial);
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        _shell = Shell.Create();
        _shell.Runspace = _runspace;
        log.Attach(_shell.Streams);
        SetPreferences();
        _root = Session.Drive.Get("/");
        _watch = new CommandWatch(_runspace);
        _snapshot = new RunspaceSnapshot(_runspace);
    }

    /// <summary>The command that changed the process for good, if a job called one.</summary>
    public string? ProcessSpentBy => _watch.ProcessSpentBy;

    private SessionStateProxy Session => _runspace.SessionStateProxy;

    /// <summary>Runs a job to its end; its output goes to the running job's result.</summary>
    public void Run(Code code, CompiledScript script, LaunchInput input)
    {
        _host.ExitCode = null;
        Enter(input);
        DefineFunctions(script);
        ImportModules(script);
        BuildPipeline(BodyOf(code, script), input);
        using (input.Context.Cancellation.Register(() => _shell.BeginStop(null, null)))
        {
            _shell.Invoke();
        }

        if (_host.ExitCode is { } exitCode)
        {
            throw new ExitCalledException(exitCode);
        }
    }

    /// <summary>Takes away what the last job left. False when the runspace must be replaced.</summary>
    public bool TryRestore()
    {
        _shell.Commands.Clear();
        _shell.Streams.ClearStreams();
        return _host.ExitCode is null && _watch is { RunspaceSpentBy: null, IsIntact: true } && _snapshot.TryRestore();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _runspace.Dispose();
    }

    private void SetPreferences()
    {
        Session.PSVariable.Set("ErrorActionPreference", ActionPreference.Stop);
        Session.PSVariable.Set("PSNativeCommandUseErrorActionPreference", true);
        Session.PSVariable.Set("ProgressPreference", ActionPreference.SilentlyContinue);
        Session.PSVariable.Set("InformationPreference", ActionPreference.Continue);
    }

    private void Enter(LaunchInput input)
    {
        // Set-Location resolves wildcards and asks the provider, which costs more than all else here.
        if (Session.Path.CurrentLocation.Drive != _root)
        {
            Session.Path.SetLocation("/");
        }

        Environment.CurrentDirectory = input.Directory;
        _root.CurrentLocation = input.Directory.TrimStart('/');
        Session.PSVariable.Set("PWD", Session.Path.CurrentLocation);
        Session.PSVariable.Set("ToilJob", input.Context);
    }

    private void DefineFunctions(CompiledScript script)
    {
        foreach (var (function, body) in script.CreateFunctions())
        {
            if (function.IsDefinition)
            {
                Session.InvokeCommand.InvokeScript(useLocalScope: true, body, null);
            }
            else
            {
                Session.InvokeProvider.Item.Set($"function:global:{function.Name}", body);
            }
        }
    }

    private void ImportModules(CompiledScript script)
    {
        foreach (var module in script.Modules)
        {
            _shell.Commands.Clear();
            _shell.AddCommand("Import-Module").AddParameter("Name", module.Path).AddParameter("Global").Invoke();
        }
    }

    private CommandInfo BodyOf(Code code, CompiledScript script)
    {
        if (!_bodies.TryGetValue(code.Id, out var body))
        {
            // A function only for its making: as a command object it can be called, and nobody finds it by name.
            var made = Session.InvokeProvider.Item.Set("function:global:ToilJobBody", script.CreateBody());
            body = (CommandInfo)made[0].BaseObject;
            Session.InvokeProvider.Item.Remove(["function:ToilJobBody"], recurse: false, force: true, literalPath: true);
            _bodies[code.Id] = body;
        }

        return body;
    }

    private void BuildPipeline(CommandInfo body, LaunchInput input)
    {
        _shell.Commands.Clear();
        _shell.AddCommand(body);
        foreach (var argument in input.Positional)
        {
            _shell.AddArgument(argument);
        }

        if (input.Captured.Count > 0)
        {
            _shell.AddParameter("--%", input.Captured);
        }

        _shell.AddCommand(Result);
    }
}
