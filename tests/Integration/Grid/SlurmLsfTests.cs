namespace Toil.Integration.Tests.Grid;

/// <summary>LSF's commands over a real Slurm.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SlurmLsfTests(SlurmCluster slurm) : SlurmSubstituteContract(slurm), IClassFixture<SlurmCluster>
{
    protected override string BatchSystem => "lsf";
}
