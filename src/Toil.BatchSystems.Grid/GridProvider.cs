namespace Toil.BatchSystems.Grid;

/// <summary>Makes the batch system of one scheduler.</summary>
internal sealed class GridProvider(string name, Func<SchedulerSetup, IScheduler> open) : IBatchSystemProvider
{
    public string Name => name;

    public IExternalBatchSystem Open(BatchSystemSettings settings)
    {
        var client = new SchedulerClient(CapturedVariables(), SchedulerClient.UsualTimeout, TimeProvider.System);
        var setup = new SchedulerSetup(settings.Options, client, settings.Log, new BatchLogs(settings.LogsDirectory, name, settings.Options.NoStdOutErr));
        return new GridBatchSystem(open(setup), setup, TimeProvider.System);
    }

    private static Dictionary<string, string> CapturedVariables()
    {
        var variables = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}

/// <summary>What a scheduler's adapter is made of.</summary>
/// <param name="Options">How the workflow is run.</param>
/// <param name="Client">Runs the scheduler's commands.</param>
/// <param name="Log">Takes messages for the leader's log.</param>
/// <param name="Logs">Where the jobs' output goes.</param>
internal sealed record SchedulerSetup(ToilOptions Options, SchedulerClient Client, Action<LogLevel, string> Log, BatchLogs Logs);
