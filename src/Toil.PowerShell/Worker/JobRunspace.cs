using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Toil.Scripting;
using Toil.Values;
using Shell = System.Management.Automation.PowerShell;

namespace Toil.Worker;

/// <summary>The runspace that a worker's jobs run in, one after the other. Used on the job thread only.</summary>
internal sealed class JobRunspace : IDisposable
{
    private static readonly CmdletInfo Result = new("Out-ToilResult", typeof(OutResultCommand));

    private const string ModulePathVariable = "PSModulePath";

    private static readonly TimeSpan PoolPatience = TimeSpan.FromMilliseconds(100);

    private readonly JobHost _host = new();
    private readonly Runspace _runspace;
    private readonly Shell _shell;
    private readonly CommandWatch _watch;
    private readonly RunspaceSnapshot _snapshot;
    private readonly Dictionary<Hash128, BoundScript> _scripts = [];
    private readonly CommandInfo _caller;
    private readonly PSDriveInfo _root;
    private bool _usedNamedStack;
    private bool _hasTypes;
    private HashSet<int>? _knownRunspaces;

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
        _caller = CreateCaller();
        _root = Session.Drive.Get("/");
        _watch = new CommandWatch(_runspace);
        _snapshot = new RunspaceSnapshot(_runspace);
    }

    /// <summary>Whether a job changed the process for good, or left PowerShell jobs behind that still run.</summary>
    public bool HasSpentProcess => _watch.ProcessSpentBy is not null || (_watch.MayHaveStartedJobs && HasRunningJobs())
        || (_knownRunspaces is not null && HasLeftRunspaces(_knownRunspaces));

    private SessionStateProxy Session => _runspace.SessionStateProxy;

    /// <summary>Runs a job to its end; its output goes to the running job's result.</summary>
    public void Run(Code code, CompiledScript script, LaunchInput input)
    {
        _host.ExitCode = null;
        Note(script);
        Enter(input);
        ImportModules(script);
        BuildPipeline(Bind(code, script), input);
        Invoke(input.Context);
    }

    /// <summary>Defines the types that a script uses, for as long as this runspace is there.</summary>
    public void Define(CompiledScript script)
    {
        _hasTypes = true;
        foreach (var types in script.CreatePrelude())
        {
            _shell.Commands.Clear();
            _shell.AddScript(". $args[0]", useLocalScope: false).AddArgument(types).Invoke();
        }
    }

    /// <summary>Runs a part of a service in the scope that its other parts run in.</summary>
    /// <param name="part">Its start, its check or its stop.</param>
    /// <param name="functions">What defines the functions that it calls; none when an earlier part has defined them.</param>
    /// <param name="input">Its context and arguments.</param>
    /// <returns>Its output.</returns>
    public Collection<PSObject> RunPart(ScriptBlock part, ScriptBlock[] functions, LaunchInput input)
    {
        _shell.Commands.Clear();
        _shell.AddScript(JobCaller.ServiceText, useLocalScope: false).AddArgument(part).AddArgument(functions).AddArgument(input.Positional);
        if (input.Captured.Count > 0)
        {
            _shell.AddParameter("--%", input.Captured);
        }

        return Invoke(input.Context);
    }

    /// <summary>Makes a service's place ready: its directory, its modules.</summary>
    public void EnterService(CompiledScript script, LaunchInput input)
    {
        _host.ExitCode = null;
        Note(script);
        Enter(input);
        ImportModules(script);
    }

    /// <summary>Takes away what the last job left. False when the runspace must be replaced.</summary>
    public bool TryRestore()
    {
        _shell.Commands.Clear();
        _shell.Streams.ClearStreams();
        return !_usedNamedStack && !_hasTypes && Session.Path.LocationStack("").Count == 0 && _watch is { RunspaceSpentBy: null, IsIntact: true } && _snapshot.TryRestore();
    }

    public void Dispose()
    {
        _shell.Dispose();
        _runspace.Dispose();
    }

    private Collection<PSObject> Invoke(JobContext context)
    {
        Collection<PSObject> output;
        using (context.Cancellation.Register(() => _shell.BeginStop(null, null)))
        {
            output = _shell.Invoke();
        }

        return _host.ExitCode is { } exitCode ? throw new ExitCalledException(exitCode) : output;
    }

    private void Note(CompiledScript script)
    {
        _usedNamedStack |= script.UsesNamedStacks;
        if (script.MentionsRunspaces)
        {
            _knownRunspaces ??= RunspaceIds();
        }
    }

    /// <summary>Shells that have no runspace open one on the thread pool, whenever that comes to it: none can be on its way when the pool has nothing to do.</summary>
    private bool HasLeftRunspaces(HashSet<int> known) => !SpinWait.SpinUntil(IsPoolQuiet, PoolPatience) || !RunspaceIds().IsSubsetOf(known);

    private static bool IsPoolQuiet()
    {
        ThreadPool.GetMaxThreads(out var all, out _);
        ThreadPool.GetAvailableThreads(out var idle, out _);
        return idle == all && ThreadPool.PendingWorkItemCount == 0;
    }

    private HashSet<int> RunspaceIds()
    {
        _shell.Commands.Clear();
        return [.. _shell.AddCommand("Get-Runspace").Invoke().Select(runspace => runspace.BaseObject).OfType<Runspace>().Select(runspace => runspace.Id)];
    }

    private bool HasRunningJobs()
    {
        _watch.MayHaveStartedJobs = false;
        _shell.Commands.Clear();
        return _shell.AddCommand("Get-Job").Invoke().Select(job => job.BaseObject).OfType<System.Management.Automation.Job>()
            .Any(job => job.JobStateInfo.State is JobState.NotStarted or JobState.Running or JobState.Blocked or JobState.Stopping or JobState.Suspended);
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

    private void ImportModules(CompiledScript script)
    {
        if (script.ModulePath is { } saved)
        {
            Environment.SetEnvironmentVariable(ModulePathVariable, string.Join(Path.PathSeparator, saved, Environment.GetEnvironmentVariable(ModulePathVariable)));
        }

        foreach (var module in script.Modules)
        {
            ImportModule(module);
        }
    }

    private void ImportModule(ModuleReference module)
    {
        _shell.Commands.Clear();
        var imported = _shell.AddCommand("Import-Module").AddParameter("Name", module.Path).AddParameter("Global").AddParameter("PassThru").Invoke<PSModuleInfo>();
        if (imported.FirstOrDefault(found => found.Name == module.Name) is { } loaded && loaded.Version.ToString() != module.Version)
        {
            throw new ToilException($"{module.Path} is version {loaded.Version} of module {module.Name} here, but the job was made with version {module.Version}. Put that version back, or start the workflow anew.");
        }
    }

    /// <summary>Calls the body in a scope of its own, below one that holds the functions which travelled with it: both vanish with the call.</summary>
    private CommandInfo CreateCaller()
    {
        // A function only for its making: as a command object it can be called, and nobody finds it by name.
        var made = Session.InvokeProvider.Item.Set("function:global:ToilJobCaller", JobCaller.Create());
        Session.InvokeProvider.Item.Remove(["function:ToilJobCaller"], recurse: false, force: true, literalPath: true);
        return (CommandInfo)made[0].BaseObject;
    }

    private BoundScript Bind(Code code, CompiledScript script)
    {
        if (!_scripts.TryGetValue(code.Id, out var bound))
        {
            _scripts[code.Id] = bound = new BoundScript(script.CreateBody(), [.. script.CreateFunctions()]);
        }

        return bound;
    }

    private void BuildPipeline(BoundScript script, LaunchInput input)
    {
        _shell.Commands.Clear();
        _shell.AddCommand(_caller).AddArgument(script.Body).AddArgument(script.Functions).AddArgument(input.Positional);
        if (input.Captured.Count > 0)
        {
            _shell.AddParameter("--%", input.Captured);
        }

        _shell.AddCommand(Result);
    }

    private sealed record BoundScript(ScriptBlock Body, ScriptBlock[] Functions);
}
