using Toil.JobStores;

namespace Toil.Running;

/// <summary>Makes a job store's locator independent of the process's directory.</summary>
internal static class StorePath
{
    /// <param name="locator">As users write it.</param>
    /// <param name="here">The shell's location.</param>
    public static string Resolve(string locator, string here)
    {
        const string prefix = JobStoreLocator.FileKind + ":";
        var path = locator.StartsWith(prefix, StringComparison.Ordinal) ? locator[prefix.Length..] : locator;
        var isPath = path != locator || JobStoreLocator.Parse(locator).Kind == JobStoreLocator.FileKind;
        return isPath && !path.StartsWith("//", StringComparison.Ordinal) ? Path.GetFullPath(path, here) : locator;
    }
}
