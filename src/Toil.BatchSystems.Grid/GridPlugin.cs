using Toil.BatchSystems.Grid.GridEngine;
using Toil.BatchSystems.Grid.Slurm;

namespace Toil.BatchSystems.Grid;

/// <summary>Makes the command-line schedulers known by their names.</summary>
public sealed class GridPlugin : IToilPlugin
{
    public void Register()
    {
        BatchSystemProviders.Register(new GridProvider("grid_engine", GridEngineScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("slurm", SlurmScheduler.Open));
    }
}
