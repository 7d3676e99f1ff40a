namespace Toil.Running;

/// <summary>The workflow whose value is being written: what stands behind it in the pipeline can still reach its files.</summary>
internal static class OpenWorkflow
{
    private static readonly AsyncLocal<Workflow?> Open = new();

    public static Workflow? Current
    {
        get => Open.Value;
        set => Open.Value = value;
    }
}
