using Toil.BatchSystems.Grid.GridEngine;
using Toil.BatchSystems.Grid.HTCondor;
using Toil.BatchSystems.Grid.Lsf;
using Toil.BatchSystems.Grid.Parasol;
using Toil.BatchSystems.Grid.Slurm;
using Toil.BatchSystems.Grid.Torque;

namespace Toil.BatchSystems.Grid;

/// <summary>Makes the command-line schedulers known by their names.</summary>
public sealed class GridPlugin : IToilPlugin
{
    public void Register()
    {
        BatchSystemProviders.Register(new GridProvider("grid_engine", GridEngineScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("htcondor", HTCondorScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("lsf", LsfScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("parasol", ParasolScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("slurm", SlurmScheduler.Open));
        BatchSystemProviders.Register(new GridProvider("torque", TorqueScheduler.Open));
    }
}
