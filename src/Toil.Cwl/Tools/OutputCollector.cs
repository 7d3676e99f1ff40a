using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Validation;
using Toil.JobStores;

namespace Toil.Cwl.Tools;

/// <summary>Collects the outputs of a tool that has ended.</summary>
internal sealed class OutputCollector
{
    /// <summary>A tool that writes this file says itself what its outputs are.</summary>
    private const string OwnReport = "cwl.output.json";

    private readonly ToolJob _job;
    private readonly OutputPlaces _places;
    private readonly OutputFiles _files;

    public OutputCollector(ToolJob job)
    {
        _job = job;
        _places = new OutputPlaces(job.Directories, job.Staging);
        _files = new OutputFiles(job.Context.Files, _places, job.Options.ComputeChecksums, job.Options.BypassDirectory);
    }

    /// <exception cref="ToolFailedException">An output is missing, or isn't of its type.</exception>
    public async Task<OrderedDictionary<string, object?>> CollectAsync()
    {
        var report = Path.Combine(_job.Directories.HostOutput, OwnReport);
        var reported = FileStatus.Of(report) is null ? null : OutputReport.Read(report);
        var outputs = new OrderedDictionary<string, object?>();
        foreach (var output in _job.Tool.Outputs)
        {
            try
            {
                var value = reported is null ? await CollectAsync(output, output.Binding).ConfigureAwait(false) : reported.GetValueOrDefault(output.Name);
                var taken = await _files.TakeAsync(value, _job.Cancellation).ConfigureAwait(false);
                outputs[output.Name] = Check(output, taken);
            }
            catch (ToilException error) when (error is not (CwlException or ToolFailedException))
            {
                throw new ToolFailedException($"{output.Position}: Output '{output.Name}': {error.Message}");
            }
        }

        return outputs;
    }

    private static object? Check(OutputParameter output, object? value) => ValueChecker.CheckOutput(output.Type, value) is { } mismatch
        ? throw new ToolFailedException($"{output.Position}: Output '{output.Name}'{mismatch.PathText}: {mismatch.Message}")
        : value;

    private async ValueTask<object?> CollectAsync(Parameter output, OutputBinding? binding)
    {
        var value = binding is null ? null : await CollectAsync(output, binding, RecordTypeOf(output.Type) is not null).ConfigureAwait(false);
        return value is null && RecordTypeOf(output.Type) is { } record ? await CollectRecordAsync(output, record).ConfigureAwait(false) : value;
    }

    private async ValueTask<object?> CollectRecordAsync(Parameter output, RecordType record)
    {
        var fields = new OrderedDictionary<string, object?>(record.Fields.Count);
        foreach (var field in record.Fields)
        {
            fields[field.Name] = await CollectAsync(field, field.OutputBinding).ConfigureAwait(false);
        }

        return fields.Values.All(value => value is null) && TypeMatch.AcceptsNull(output.Type) ? null : fields;
    }

    private async ValueTask<object?> CollectAsync(Parameter output, OutputBinding binding, bool isRecord)
    {
        var patterns = PatternsOf(binding);
        var found = await FindAsync(binding, patterns).ConfigureAwait(false);
        var value = binding.OutputEval is { } text ? _job.Evaluate(text, found) : isRecord && found.Count == 0 ? null : found;
        if (IsSingle(output.Type))
        {
            value = value switch
            {
                List<object?> { Count: 0 } or null when TypeMatch.AcceptsNull(output.Type) => null,
                List<object?> { Count: 0 } => throw new ToolFailedException(
                    $"{binding.Position}: Output '{output.Name}' is missing: nothing in the output directory matches {string.Join(" or ", patterns.Select(pattern => $"'{pattern}'"))}. Check the pattern, or make the output optional."),
                List<object?> { Count: 1 } list => list[0],
                List<object?> list => throw new ToolFailedException(FormattableString.Invariant(
                    $"{binding.Position}: Output '{output.Name}' is a single File, but {list.Count} were found. Make the pattern narrower, or the type an array.")),
                _ => value,
            };
        }
        else if (value is List<object?> { Count: 0 } && TypeMatch.AcceptsNull(output.Type) && binding.OutputEval is null)
        {
            value = null;
        }

        return new OutputAnnotations(_job, _places).Add(output, value);
    }

    private List<string> PatternsOf(OutputBinding binding)
    {
        var patterns = new List<string>();
        foreach (var glob in binding.Glob)
        {
            var value = _job.Evaluate(glob);
            foreach (var pattern in value as List<object?> ?? [value])
            {
                patterns.Add(pattern as string ?? throw new CwlException(glob.Position, $"A glob should be a string or a list of strings, but the expression gives {ValueWords.Describe(pattern)}."));
            }
        }

        return patterns;
    }

    private async ValueTask<List<object?>> FindAsync(OutputBinding binding, List<string> patterns)
    {
        var found = new List<object?>();
        foreach (var pattern in patterns.Where(pattern => pattern.Length > 0))
        {
            foreach (var path in Glob.Find(_job.Directories.HostOutput, Relative(binding, pattern)))
            {
                found.Add(await DescribeAsync(binding, path).ConfigureAwait(false));
            }
        }

        return found;
    }

    private string Relative(OutputBinding binding, string pattern)
    {
        var output = _job.Directories.Output;
        return FileNaming.IsInside(pattern, output) ? pattern[output.Length..].TrimStart('/')
            : !pattern.StartsWith('/') ? pattern
            : throw new CwlException(binding.Position, $"The glob '{pattern}' leads out of the output directory. Make it relative to the output directory.");
    }

    /// <summary>What expressions see of a file that was found.</summary>
    private async ValueTask<OrderedDictionary<string, object?>> DescribeAsync(OutputBinding binding, string relative)
    {
        var seen = relative == "." ? _job.Directories.Output : $"{_job.Directories.Output}/{relative}";
        var hostPath = Path.GetFullPath(Path.Combine(_job.Directories.HostOutput, relative));
        var place = _places.Resolve(hostPath);
        var isDirectory = place.Original is { } original ? FileValues.IsDirectory(original) : Directory.Exists(place.HostPath);
        var item = new OrderedDictionary<string, object?> { ["class"] = isDirectory ? "Directory" : "File", ["location"] = LocalFiles.ToUri(hostPath) };
        FileValues.SetPath(item, seen);
        if (isDirectory)
        {
            var levels = (binding.LoadListing ?? _job.Requirements.Get<LoadListingRequirement>()?.Listing ?? LoadListing.None) switch { LoadListing.None => 0, LoadListing.Shallow => 1, _ => int.MaxValue };
            DirectoryListing.Add(item, hostPath, levels);
            return item;
        }

        await DescribeFileAsync(binding, item, hostPath).ConfigureAwait(false);
        return item;
    }

    private async ValueTask DescribeFileAsync(OutputBinding binding, OrderedDictionary<string, object?> item, string hostPath)
    {
        var size = new FileInfo(hostPath) is { LinkTarget: null } file ? file.Length : new FileInfo(hostPath).ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : 0;
        item["size"] = size;
        if (binding.OutputEval?.Source.Contains("checksum", StringComparison.Ordinal) == true && _job.Options.ComputeChecksums)
        {
            item["checksum"] = FileChecksum.Of(hostPath, size);
        }

        if (binding.LoadContents)
        {
            using var stream = new FileStream(hostPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            item["contents"] = await FileContents.ReadAsync(stream, (string)item["basename"]!, _job.Tool.Version, _job.Cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether one file is meant, not a list of them.</summary>
    private static bool IsSingle(CwlType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.File or PrimitiveKind.Directory } => true,
        UnionType union => union.Options.Any(IsSingle),
        _ => false,
    };

    private static RecordType? RecordTypeOf(CwlType type) => type switch
    {
        RecordType record => record,
        UnionType union => union.Options.OfType<RecordType>().FirstOrDefault(),
        _ => null,
    };
}
