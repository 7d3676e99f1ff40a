namespace Toil.Agents;

/// <summary>The child processes of one attempt that runs in the agent: each in its own session, ended with the attempt, accounted to it.</summary>
internal sealed class AttemptProcesses(NodeAgent agent, LaunchOrder order, IRunningAttempt attempt)
{
    private readonly Lock _gate = new();
    private readonly List<ChildProcess> _running = [];
    private bool _forced;
    private bool _begun;
    private int _undoable;

    /// <summary>Processor time of those that have ended.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>The largest peak of those that have ended.</summary>
    public ByteSize PeakMemory { get; private set; }

    /// <summary>Whether one had something to undo.</summary>
    public bool MayHaveDeferred => _undoable > 0;

    /// <summary>The session of one that runs, or null.</summary>
    public int? Session
    {
        get
        {
            lock (_gate)
            {
                return _running.Count > 0 ? _running[^1].Id : null;
            }
        }
    }

    /// <summary>Runs a process to its end. The variables that tell jobs who they are come on top of its environment.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="cancellation">Asks it to end (SIGTERM); it may take its time.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public async Task<ChildExit> RunAsync(ChildStart start, CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string>(start.Environment);
        JobVariables.AddTo(environment, order);
        environment[AgentIdentity.Variable] = agent.Identity.Mark(order.Attempt.ToString());
        cancellation.ThrowIfCancellationRequested();
        var undo = start.Undo is { } command ? agent.Defer(DeferredAction.Of(command, order), Interlocked.Increment(ref _undoable)) : null;
        var process = agent.StartChild(start with { Environment = environment });
        Begin(process);
        using var ending = cancellation.Register(() => process.Signal(Libc.SigTerm));
        var exit = await process.Exit.ConfigureAwait(false);
        End(process, exit);
        if (exit.Succeeded && undo is not null)
        {
            File.Delete(undo);
        }

        return exit;
    }

    public void Force()
    {
        lock (_gate)
        {
            _forced = true;
            _running.ForEach(process => process.KillSession());
        }
    }

    private void Begin(ChildProcess process)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_begun;
            _begun = true;
            _running.Add(process);

            if (_forced)
            {
                // It was said while this was being started.
                process.KillSession();
            }
        }

        if (isFirst)
        {
            agent.Begun(attempt);
        }
    }

    private void End(ChildProcess process, ChildExit exit)
    {
        lock (_gate)
        {
            _running.Remove(process);
            Cpu += exit.Cpu;
            PeakMemory = exit.PeakMemory > PeakMemory ? exit.PeakMemory : PeakMemory;
        }
    }
}
