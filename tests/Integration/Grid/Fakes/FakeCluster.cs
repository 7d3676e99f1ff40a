using System.Diagnostics;
using Toil.Agents;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>Runs a fake scheduler's jobs on this machine, each in a session of its own, as many at once as there are slots.</summary>
/// <param name="slots">How many.</param>
/// <param name="gate">Held for every change.</param>
internal sealed class FakeCluster(int slots, Lock gate) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly List<FakeJob> _jobs = [];
    private readonly List<FakeJob> _all = [];

    /// <summary>A job whose node was lost, or which was preempted, starts again instead of ending.</summary>
    public bool Requeues { get; set; }

    /// <summary>Jobs wait for as long as this isn't set.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Whether a job that was ended is held, to be removed or released by somebody.</summary>
    public Func<FakeJob, bool> HoldsEnded { get; set; } = _ => false;

    /// <summary>Jobs are held when they are submitted, as if by their owner.</summary>
    public bool HoldsNew { get; set; }

    /// <summary>A job that has ended is known no more at once.</summary>
    public bool ForgetsEnded { get; set; }

    /// <summary>Changes what jobs find in their environment, as a node may.</summary>
    public Action<IDictionary<string, string?>>? Spoil { get; set; }

    /// <summary>A job has ended.</summary>
    public Action<FakeJob>? JobEnded { get; set; }

    /// <summary>All jobs that there ever were, forgotten ones too.</summary>
    public IReadOnlyList<FakeJob> All
    {
        get
        {
            lock (gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Those that the scheduler still knows.</summary>
    public IReadOnlyList<FakeJob> Known
    {
        get
        {
            lock (gate)
            {
                return [.. _jobs];
            }
        }
    }

    public void Add(FakeJob job)
    {
        lock (gate)
        {
            _jobs.Add(job);
            _all.Add(job);
            job.State = HoldsNew ? FakeState.Held : job.State;
            StartWhatFits();
        }
    }

    /// <summary>Forgets what has ended.</summary>
    public void Forget()
    {
        lock (gate)
        {
            _jobs.RemoveAll(job => job.State == FakeState.Ended);
        }
    }

    public void Forget(FakeJob job)
    {
        lock (gate)
        {
            _jobs.Remove(job);
        }
    }

    /// <summary>Lets held jobs, and those that waited for the cluster, run.</summary>
    public void Release()
    {
        lock (gate)
        {
            (IsOpen, HoldsNew) = (true, false);
            _jobs.Where(job => job.State == FakeState.Held).ToList().ForEach(job => job.State = FakeState.Pending);
            StartWhatFits();
        }
    }

    /// <summary>Ends a job, as the scheduler does for that cause.</summary>
    public void End(FakeJob job, FakeCause cause)
    {
        lock (gate)
        {
            if (job.State is FakeState.Held or FakeState.Pending)
            {
                job.Cause = cause;
                Close(job, 0);
            }
            else if (job.State == FakeState.Running)
            {
                job.Cause = cause;
                _ = Libc.Kill(-job.Process, cause is FakeCause.OutOfMemory or FakeCause.NodeLost ? Libc.SigKill : Libc.SigTerm);
                _ = KillLaterAsync(job, job.Starts);
            }
        }
    }

    /// <summary>Waits for so many jobs that run.</summary>
    public async Task<IReadOnlyList<FakeJob>> RunningAsync(int count = 1)
    {
        IReadOnlyList<FakeJob> Running() => [.. All.Where(job => job.State == FakeState.Running)];
        await Deadline.UntilAsync(() => Running().Count >= count, $"{count} running jobs");
        return Running();
    }

    public void Dispose()
    {
        lock (gate)
        {
            IsOpen = false;
            _jobs.Where(job => job.State == FakeState.Running).ToList().ForEach(job => _ = Libc.Kill(-job.Process, Libc.SigKill));
        }
    }

    private void StartWhatFits()
    {
        foreach (var job in _jobs.Where(job => job.State == FakeState.Pending).ToList())
        {
            if (IsOpen && _jobs.Where(other => other.State == FakeState.Running).Sum(other => other.Slots) + job.Slots <= slots)
            {
                Start(job);
            }
        }
    }

    private void Start(FakeJob job)
    {
        const string Script = "exec < /dev/null >> \"$1\" || exit 1; if [ \"$1\" = \"$2\" ]; then exec 2>&1; else exec 2>> \"$2\"; fi; cd \"$3\" || exit 1; shift 3; exec \"$@\"";
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script, "sh", job.Output, job.Error, job.Directory, .. job.Command]);
        start.Environment.Clear();
        foreach (var (name, value) in job.Environment)
        {
            start.Environment[name] = value;
        }

        Spoil?.Invoke(start.Environment);
        var process = Process.Start(start)!;
        (job.State, job.Process, job.Started) = (FakeState.Running, process.Id, DateTime.UtcNow);
        job.Starts++;
        _ = AwaitAsync(job, process);
    }

    private async Task AwaitAsync(FakeJob job, Process process)
    {
        using var own = process;
        await process.WaitForExitAsync();
        lock (gate)
        {
            if (Requeues && job.Cause is FakeCause.NodeLost or FakeCause.Preempted)
            {
                (job.State, job.Cause) = (FakeState.Pending, FakeCause.Itself);
                StartWhatFits();
            }
            else if (HoldsEnded(job))
            {
                (job.State, job.HeldFor) = (FakeState.Held, job.Cause);
                StartWhatFits();
            }
            else
            {
                Close(job, process.ExitCode);
            }
        }
    }

    private void Close(FakeJob job, int code)
    {
        (job.State, job.Code, job.Ended) = (FakeState.Ended, code, DateTime.UtcNow);
        JobEnded?.Invoke(job);
        if (ForgetsEnded)
        {
            _jobs.Remove(job);
        }

        StartWhatFits();
    }

    private async Task KillLaterAsync(FakeJob job, int start)
    {
        // A scheduler gives a job so much time to end by itself.
        await Task.Delay(Grace);
        lock (gate)
        {
            if (job.State == FakeState.Running && job.Starts == start)
            {
                _ = Libc.Kill(-job.Process, Libc.SigKill);
            }
        }
    }
}
