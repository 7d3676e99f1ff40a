using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Files;

/// <summary>Files that belong to another one, its primary file.</summary>
internal static class SecondaryFiles
{
    /// <summary>The name that a plain pattern means: each caret in front takes an extension off the primary's name.</summary>
    public static string Apply(string pattern, string basename)
    {
        while (pattern.StartsWith('^'))
        {
            pattern = pattern[1..];
            basename = FileValues.SplitName(basename).Root;
        }

        return basename + pattern;
    }

    /// <summary>
    /// Completes a File with its secondary files, as they lie beside it or as the patterns' expressions name them. Those that
    /// it has already stay. To be called where the File's location is still a URI.
    /// </summary>
    /// <param name="file">The primary file.</param>
    /// <param name="patterns">Its parameter's patterns.</param>
    /// <param name="evaluate">Evaluates a text with a value as <c>self</c>.</param>
    /// <param name="find">Whether there is a File or Directory at a URI: its class, or null.</param>
    /// <returns>The completed File, or the same one when there is nothing to add.</returns>
    /// <exception cref="CwlException">A required one is missing.</exception>
    public static async ValueTask<OrderedDictionary<string, object?>> FindAsync(
        OrderedDictionary<string, object?> file, IReadOnlyList<SecondaryFile> patterns, Func<CwlText, object?, object?> evaluate, Func<string, ValueTask<string?>> find)
    {
        var all = new List<object?>(FileValues.ListOf(file, "secondaryFiles"));
        var basename = FileValues.BasenameOf(file) ?? "";
        var self = new OrderedDictionary<string, object?>(file);
        FileValues.SetPath(self, self.GetValueOrDefault("path") as string ?? $"/{basename}");
        if (file.GetValueOrDefault("path") is null)
        {
            self.Remove("path");
            self.Remove("dirname");
        }

        foreach (var pattern in patterns)
        {
            var isRequired = IsRequired(pattern, self, byDefault: true, evaluate);
            foreach (var wanted in Expand(pattern, self, evaluate))
            {
                var name = wanted as string ?? FileValues.BasenameOf((OrderedDictionary<string, object?>)wanted);
                if (all.OfType<OrderedDictionary<string, object?>>().Any(known => FileValues.BasenameOf(known) == name))
                {
                    continue;
                }

                var found = wanted is string ? await FindBesideAsync(file, name!, find).ConfigureAwait(false) : wanted;
                if (found is not null)
                {
                    all.Add(found);
                }
                else if (isRequired)
                {
                    throw new CwlException(pattern.Pattern.Position, $"The file '{basename}' needs a secondary file '{name}', which isn't there. Put it beside '{basename}', or list it in its secondaryFiles.");
                }
            }
        }

        return all.Count == FileValues.ListOf(file, "secondaryFiles").Count ? file : new OrderedDictionary<string, object?>(file) { ["secondaryFiles"] = all };
    }

    /// <summary>What a pattern names: strings, Files and Directories.</summary>
    public static IEnumerable<object> Expand(SecondaryFile pattern, OrderedDictionary<string, object?> primary, Func<CwlText, object?, object?> evaluate)
    {
        if (!TextTemplate.HasExpressions(pattern.Pattern.Source))
        {
            return [Apply(pattern.Pattern.Source, FileValues.BasenameOf(primary)!)];
        }

        var value = evaluate(pattern.Pattern, primary);
        return (value as List<object?> ?? [value]).Where(item => item is not (null or "")).Select(item => item is string || FileValues.IsFileOrDirectory(item, out _)
            ? item!
            : throw new CwlException(pattern.Pattern.Position, $"A secondaryFiles expression should give a name, a File, a Directory or a list of them, but gives {ValueWords.Describe(item)}."));
    }

    public static bool IsRequired(SecondaryFile pattern, object? primary, bool byDefault, Func<CwlText, object?, object?> evaluate) =>
        (pattern.Required is CwlText text ? evaluate(text, primary) ?? false : pattern.Required) switch
        {
            null => byDefault,
            bool flag => flag,
            var other => throw new CwlException(pattern.Pattern.Position, $"The field 'required' of a secondary file should be a boolean, but is {ValueWords.Describe(other)}."),
        };

    private static async ValueTask<OrderedDictionary<string, object?>?> FindBesideAsync(OrderedDictionary<string, object?> file, string name, Func<string, ValueTask<string?>> find)
    {
        if (file.GetValueOrDefault("location") is not string location || location.LastIndexOf('/') is not (>= 0 and var slash))
        {
            return null;
        }

        var beside = location[..(slash + 1)] + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        return await find(beside).ConfigureAwait(false) is not { } kind ? null : new OrderedDictionary<string, object?>
        {
            ["class"] = kind,
            ["location"] = beside,
            ["basename"] = name[(name.LastIndexOf('/') + 1)..],
        };
    }
}
