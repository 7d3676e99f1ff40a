using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Evaluates the listing of an InitialWorkDirRequirement in all its forms.</summary>
internal sealed class WorkDirListing(ToolJob job, InitialWorkDirRequirement requirement)
{
    private readonly List<WorkDirEntry> _entries = [];

    public List<WorkDirEntry> Evaluate()
    {
        if (requirement.Listing is CwlText text)
        {
            AddAll(job.Evaluate(text) as List<object?> ?? throw Fault(text.Position, "The listing's expression should give a list of Files, Directories and Dirents"), text.Position);
        }
        else
        {
            foreach (var item in (IEnumerable<object?>)requirement.Listing)
            {
                AddItem(item);
            }
        }

        return _entries;
    }

    private void AddItem(object? item)
    {
        switch (item)
        {
            case Dirent dirent:
                Add(dirent);
                break;
            case CwlText text:
                AddValue(job.Evaluate(text), text.Position);
                break;
            default:
                AddValue(item, requirement.Position);
                break;
        }
    }

    /// <summary>What an expression, or the document itself, gives.</summary>
    private void AddValue(object? value, SourcePosition position)
    {
        switch (value)
        {
            case null:
                break;
            case List<object?> list:
                AddAll(list, position);
                break;
            case OrderedDictionary<string, object?> item when FileValues.IsFileOrDirectory(item, out _):
                _entries.Add(new WorkDirEntry(null, item, item.GetValueOrDefault("writable") is true, position));
                break;
            case OrderedDictionary<string, object?> dirent when dirent.ContainsKey("entry"):
                AddDirent(dirent.GetValueOrDefault("entryname"), dirent["entry"], dirent.GetValueOrDefault("writable") is true, position);
                break;
            default:
                throw Fault(position, $"An item of the listing should be a File, a Directory, a Dirent or a list of Files and Directories, but is {ValueWords.Describe(value)}");
        }
    }

    private void AddAll(List<object?> list, SourcePosition position)
    {
        foreach (var item in list)
        {
            AddValue(item, position);
        }
    }

    private void Add(Dirent dirent)
    {
        var content = job.Evaluate(dirent.Entry, keepsWhitespace: true);
        var name = dirent.EntryName is { } text ? job.EvaluateString(text, "An entryname") : null;
        AddDirent(name, content, dirent.Writable, dirent.Entry.Position);
    }

    private void AddDirent(object? name, object? content, bool writable, SourcePosition position)
    {
        switch (content)
        {
            case null:
                break;
            case string:
                _entries.Add(new WorkDirEntry(NameOf(name, position), content, writable, position));
                break;
            case OrderedDictionary<string, object?> item when FileValues.IsFileOrDirectory(item, out _):
                _entries.Add(new WorkDirEntry(name as string, item, writable, position));
                break;
            case List<object?> { Count: > 0 } list when list.TrueForAll(item => FileValues.IsFileOrDirectory(item, out _)):
                if (name is not null)
                {
                    throw Fault(position, "An entryname can't name several Files and Directories. Leave it out");
                }

                _entries.AddRange(list.Select(item => new WorkDirEntry(null, item!, writable, position)));
                break;
            default:
                _entries.Add(new WorkDirEntry(NameOf(name, position), ToJson(content, position), writable, position));
                break;
        }
    }

    private string ToJson(object? content, SourcePosition position) => job.Tool.Version >= CwlVersion.V1_2
        ? JsonText.Of(content)
        : throw Fault(position, $"The entry should be a string, a File or a Directory, but is {ValueWords.Describe(content)}. From v1.2 on it would be written as JSON");

    private static string NameOf(object? name, SourcePosition position) =>
        name as string ?? throw Fault(position, "An entry that is a text needs an entryname, a string");

    private static CwlException Fault(SourcePosition position, string message) => new(position, $"{message}.");
}
