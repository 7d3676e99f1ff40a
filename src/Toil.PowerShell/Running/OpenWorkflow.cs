using Toil.Values;

namespace Toil.Running;

/// <summary>The workflow whose value is being written: what stands behind it in the pipeline can still reach its files.</summary>
internal sealed class OpenWorkflow(Workflow workflow, EncodedValue value)
{
    private static readonly AsyncLocal<OpenWorkflow?> Open = new();

    private readonly HashSet<string> _left = [.. ValueFiles.In(value)];

    public static OpenWorkflow? Current
    {
        get => Open.Value;
        set => Open.Value = value;
    }

    /// <summary>Whether the value names files that nobody has exported: they must not vanish with the job store.</summary>
    public bool HasFilesLeft => _left.Count > 0;

    public async Task ExportAsync(FileId file, string target, CancellationToken cancellation)
    {
        await workflow.ExportAsync(file, target, cancellation).ConfigureAwait(false);
        _left.Remove(file.Key);
    }
}
