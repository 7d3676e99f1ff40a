using System.Management.Automation;
using Toil.Debugging;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Lists the files in job stores: global ones, and shared ones.</summary>
[Cmdlet(VerbsCommon.Get, "ToilJobStoreItem")]
[OutputType(typeof(StoredFile))]
public sealed class GetToilJobStoreItemCommand : StoreCommand
{
    /// <summary>Names or keys; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process(JobStoreLocator locator)
    {
        var patterns = Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        var files = Read(locator, store => Wait(StoredFiles.ListAsync(store, Cancellation)));
        files.FindAll(file => patterns.Exists(pattern => pattern.IsMatch(file.Name) || pattern.IsMatch(file.Key))).ForEach(WriteObject);
    }
}
