using System.Collections.ObjectModel;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that deal with files.</summary>
public abstract class FileCommand : ToilCommand
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>The running job's files.</summary>
    private protected IFileStore RequireJobFiles() => Require("NotInJob", null, () => RunningJob.Current?.Context.Files
        ?? throw new ToilException($"{MyInvocation.MyCommand.Name} works inside a job. Outside, use Import-ToilFile and Export-ToilFile."));

    /// <summary>The files that paths with wildcards, or literal ones, stand for; an error for each that stands for none.</summary>
    private protected IEnumerable<string> FindFiles(string[]? paths, string[]? literalPaths)
    {
        var found = new List<string>();
        foreach (var path in paths ?? [])
        {
            Try("FileNotFound", path, () => found.AddRange(Expand(path)));
        }

        foreach (var path in literalPaths ?? [])
        {
            Try("FileNotFound", path, () => found.Add(GetUnresolvedProviderPathFromPSPath(path)));
        }

        return found;
    }

    /// <summary>PowerShell's own paths have a colon at most.</summary>
    private protected static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    private Collection<string> Expand(string path)
    {
        var found = GetResolvedProviderPathFromPSPath(path, out var provider);
        return provider.Name == "FileSystem" ? found : throw new ToilException($"'{path}' is no path of the file system.");
    }
}
