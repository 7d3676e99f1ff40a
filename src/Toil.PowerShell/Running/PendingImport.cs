using System.Text;
using Toil.Files;
using Toil.Values;

namespace Toil.Running;

/// <summary>A file that Start-ToilWorkflow brings into the job store before the first job runs. Until then it is a promise of the file.</summary>
public sealed class PendingImport : Promise
{
    internal PendingImport(string url)
        : base(new Job($"import of {RemoteUrl.Redact(url)}", new Code(Vehicle.Inline, "", Encoding.UTF8.GetBytes(url)), UnboundValue.Null), Hole.WholeValue) => Url = url;

    /// <summary>Where the file is now.</summary>
    public string Url { get; }

    /// <inheritdoc/>
    public override string ToString() => Url;
}
