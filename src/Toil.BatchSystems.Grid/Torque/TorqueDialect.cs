namespace Toil.BatchSystems.Grid.Torque;

/// <summary>Whose commands answer to Torque's names. They differ in few things.</summary>
internal enum TorqueDialect
{
    /// <summary>Torque, from version 2.3 on.</summary>
    Torque,

    /// <summary>PBS Professional and OpenPBS.</summary>
    Pbs,

    /// <summary>Those that Slurm brings, and older ones: no arrays.</summary>
    Plain,
}

/// <summary>Tells the dialects apart.</summary>
internal static class TorqueDialects
{
    /// <summary>Torque says <c>Version: 6.1.2</c>, PBS <c>pbs_version = 20.0.1</c>; the others don't know the option.</summary>
    public static async Task<TorqueDialect> DetectAsync(SchedulerClient client)
    {
        var result = await client.RunAsync("qstat", ["--version"], null, CancellationToken.None).ConfigureAwait(false);
        return result.ExitCode != 0 ? TorqueDialect.Plain
            : (result.Output + result.Error).Contains("pbs_version", StringComparison.OrdinalIgnoreCase) ? TorqueDialect.Pbs
            : TorqueDialect.Torque;
    }
}
