using System.CommandLine;
using System.Globalization;
using Toil.Debugging;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil debug-file</c>: lists and fetches the files in a job store.</summary>
internal static class DebugFileCommand
{
    private static readonly Option<bool> List = new("--listFilesInJobStore") { Description = "List the files: size, time and key." };
    private static readonly Option<string[]> Fetch = new("--fetch") { Description = "Copy the files of these names or keys; * and ? are allowed.", HelpName = "GLOB", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> Target = new("--localFilePath") { Description = "Where to copy to; the current directory if left out.", HelpName = "DIR", DefaultValueFactory = _ => "." };
    private static readonly Option<bool> FetchAll = new("--fetchEntireJobStore") { Description = "Copy all files, into folders as the job store has them." };
    private static readonly Option<bool> Links = new("--useSymlinks") { Description = "Make symbolic links to the job store's own files instead. Don't write to them." };

    public static Command Build()
    {
        var command = StoreCommand.Build(
            "debug-file",
            "List the files that jobs have written or imported, or copy some of them out. The job store doesn't change. Where two have the same name, the second becomes name-2, and nothing that is there is replaced.",
            RunAsync);
        foreach (var option in new Option[] { List, Fetch, Target, FetchAll, Links })
        {
            command.Add(option);
        }

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, JobStoreLocator locator, CancellationToken cancellation)
    {
        var patterns = parsed.GetValue(Fetch) ?? [];
        if (!parsed.GetValue(List) && !parsed.GetValue(FetchAll) && patterns.Length == 0)
        {
            throw new UsageException("Say what to do: --listFilesInJobStore, --fetch GLOB, or --fetchEntireJobStore.");
        }

        await using var store = await JobStore.OpenAsync(locator, cancellation);
        var files = await StoredFiles.ListAsync(store, cancellation);
        if (parsed.GetValue(List))
        {
            foreach (var file in files)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Size.Bytes,12}  {file.Written.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {file.Key}"));
            }
        }

        var wanted = parsed.GetValue(FetchAll) ? files : [.. StoredFiles.Matching(files, patterns)];
        if (patterns.Length > 0 && wanted.Count == 0)
        {
            throw new ToilException($"No file in {locator} is called {string.Join(" or ", patterns)}. See them with --listFilesInJobStore.");
        }

        foreach (var file in wanted)
        {
            var path = await StoredFiles.FetchAsync(store, file, parsed.GetValue(Target)!, parsed.GetValue(FetchAll), parsed.GetValue(Links), cancellation);
            Console.Error.WriteLine($"{file.Key} -> {path}");
        }

        return ExitCode.Success;
    }
}
