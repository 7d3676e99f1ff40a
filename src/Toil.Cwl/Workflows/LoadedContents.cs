using Toil.Cwl.Files;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>Files with their <c>contents</c>, for expressions of workflows and steps.</summary>
internal static class LoadedContents
{
    /// <summary>Loads those of a File, or of the Files of a list; other values stay as they are.</summary>
    public static async Task<object?> OfAsync(object? value, CwlVersion version, JobContext context)
    {
        switch (value)
        {
            case List<object?> list:
                var items = new List<object?>(list.Count);
                foreach (var item in list)
                {
                    items.Add(await OfAsync(item, version, context).ConfigureAwait(false));
                }

                return items;
            case OrderedDictionary<string, object?> file when FileValues.IsFile(file):
                var contents = await FileContents.ReadAsync(file, context.Files, version, context.Cancellation).ConfigureAwait(false);
                return new OrderedDictionary<string, object?>(file) { ["contents"] = contents };
            default:
                return value;
        }
    }
}
