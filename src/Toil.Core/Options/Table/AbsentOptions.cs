namespace Toil.Options;

/// <summary>Options that Toil's users know and that belong to parts which this build doesn't have yet: who gives one is told so.</summary>
internal static class AbsentOptions
{
    private static readonly (string Feature, string[] Names)[] ByFeature =
    [
        ("the batch system Mesos", ["--mesosEndpoint"]),
        ("the batch system Kubernetes",
            ["--kubernetesHostPath", "--kubernetesOwner", "--kubernetesServiceAccount", "--kubernetesPodTimeout"]),
        ("the batch system TES", ["--tesEndpoint", "--tesUser", "--tesPassword", "--tesBearerToken"]),
        ("the batch system AWS Batch", ["--awsBatchRegion", "--awsBatchQueue", "--awsBatchJobRoleArn"]),
        ("clusters that grow and shrink by themselves",
        [
            "--provisioner", "--nodeTypes", "--minNodes", "--maxNodes", "--targetTime", "--betaInertia", "--scaleInterval",
            "--preemptibleCompensation", "--preemptableCompensation", "--nodeStorage", "--nodeStorageOverrides", "--assumeZeroOverhead",
            "--forceDockerAppliance",
        ]),
        ("job stores in clouds", ["--sseKey", "--disableJobStoreChecksumVerification"]),
        ("metrics for Prometheus", ["--metrics"]),
        ("CWL workflows", ["--log-dir", "--runCwlInternalJobsOnWorkers"]),
    ];

    public static IEnumerable<string> Names => ByFeature.SelectMany(entry => entry.Names);

    /// <returns>Why the option can't be used; null when it isn't one of these.</returns>
    public static string? Explain(string name) =>
        ByFeature.FirstOrDefault(entry => entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).Feature is { } feature
            ? $"{name} isn't in this build yet: it belongs to {feature}."
            : null;
}
