using Toil.Agents;
using Toil.JobStores;

namespace Toil.BatchSystems;

/// <summary>What it takes to run a workflow's attempts elsewhere.</summary>
internal sealed record RemoteBatchOptions
{
    public required JobStore Store { get; init; }

    public required RemoteSetup Setup { get; init; }

    /// <summary>The program that is a worker when its arguments say so, and arguments that come first.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Assemblies that workers load too.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Hears of what goes wrong at the scheduler.</summary>
    public required Action<LogLevel, string> Log { get; init; }

    /// <summary>Keeps the logs of attempts; null keeps none.</summary>
    public Action<OutboxRecord>? KeepLog { get; init; }

    /// <summary>How often the job store is asked for what jobs leave that go on.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string NameOf(string launch, int entry) => RemoteKeys.NameOf(Setup.Workflow, launch, entry);

    public string NamePrefix => RemoteKeys.NamePrefix(Setup.Workflow);

    public IReadOnlyList<string> CommandFor(string launch, int entry) =>
        [.. Program, .. new RemoteWorkerArguments(Store.Locator.ToString(), Plugins, launch, entry).ToArguments()];
}
