using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Lists the files in job stores: global ones, and shared ones.</summary>
[Cmdlet(VerbsCommon.Get, "ToilJobStoreItem")]
[OutputType(typeof(JobStoreItem))]
public sealed class GetToilJobStoreItemCommand : StoreCommand
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    private protected override void Process(JobStoreLocator locator)
    {
        var patterns = Name.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        var items = Read(locator, store => JobStoreItems.ListAsync(store, Cancellation).ToBlockingEnumerable(Cancellation).ToList());
        items.FindAll(item => patterns.Exists(pattern => pattern.IsMatch(item.Name))).ForEach(WriteObject);
    }
}
