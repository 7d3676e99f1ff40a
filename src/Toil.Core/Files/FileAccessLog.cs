using System.Globalization;
using System.Text;

namespace Toil.Files;

/// <summary>What an attempt did with global files, for whoever looks into its failure, and where its local copies are.</summary>
internal sealed class FileAccessLog
{
    /// <summary>More lines than this help nobody; the first ones tell what the job was about, the last ones where it ended.</summary>
    private const int MostLinesAtEachEnd = 100;

    private readonly List<Access> _accesses = [];

    private readonly record struct Access(string Deed, FileId File, string? Path);

    /// <param name="deed">What was done, as in "read, linked".</param>
    /// <param name="file">With which file.</param>
    /// <param name="path">The local file; null when there is none.</param>
    public void Add(string deed, FileId file, string? path = null)
    {
        lock (_accesses)
        {
            _accesses.Add(new Access(deed, file, path));
        }
    }

    /// <summary>The local files that a global file was read to or written from, each once; they are forgotten.</summary>
    public List<string> TakeLocalPaths(FileId file)
    {
        lock (_accesses)
        {
            var paths = _accesses.Where(access => access.Path is not null && access.File.Key == file.Key).Select(access => access.Path!).Distinct().ToList();
            for (var i = 0; i < _accesses.Count; i++)
            {
                if (_accesses[i].File.Key == file.Key)
                {
                    _accesses[i] = _accesses[i] with { Path = null };
                }
            }

            return paths;
        }
    }

    /// <returns>One line for each access in order; empty when there was none.</returns>
    public override string ToString()
    {
        lock (_accesses)
        {
            if (_accesses.Count == 0)
            {
                return "";
            }

            var text = new StringBuilder("\nGlobal files that the job used:\n");
            var omitted = Math.Max(0, _accesses.Count - (2 * MostLinesAtEachEnd));
            foreach (var access in _accesses.Take(MostLinesAtEachEnd))
            {
                Append(text, access);
            }

            if (omitted > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  … {omitted} more …\n");
            }

            foreach (var access in _accesses.Skip(MostLinesAtEachEnd + omitted))
            {
                Append(text, access);
            }

            return text.ToString();
        }
    }

    private static void Append(StringBuilder text, Access access)
    {
        var where = access.Path is null ? "" : $": {access.Path}";
        text.Append(CultureInfo.InvariantCulture, $"  {access.Deed} '{access.File.Name}' ({access.File.Key}, {access.File.Size} bytes){where}\n");
    }
}
