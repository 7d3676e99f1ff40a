using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>What a tool asks of its node.</summary>
/// <param name="Cores">Processor cores.</param>
/// <param name="Ram">Mebibytes of memory.</param>
/// <param name="Temporary">Mebibytes for temporary files.</param>
/// <param name="Output">Mebibytes for output files.</param>
internal sealed record ToolResources(double Cores, double Ram, double Temporary, double Output)
{
    private const double DefaultCores = 1;
    private const double DefaultDirectory = 1024;

    /// <summary>The default for memory, from v1.1 on and before.</summary>
    private const double DefaultRam = 256;
    private const double DefaultRamOfV10 = 1024;

    /// <summary>What to reserve for a process: the least that it asks for. Disk is left to the workflow's default where the process says nothing of it.</summary>
    /// <param name="process">The process.</param>
    /// <param name="requirements">What holds for it.</param>
    /// <param name="inputs">What expressions see as inputs.</param>
    /// <param name="evaluator">That of the process.</param>
    /// <exception cref="CwlException">An amount is none, or a minimum above its maximum.</exception>
    public static ResourceRequest RequestOf(CwlProcess process, RequirementSet requirements, object? inputs, Evaluator evaluator)
    {
        var resources = Of(process.Version, requirements, inputs, evaluator);
        var asksForDisk = requirements.Get<ResourceRequirement>() is { } asked && (asked.TmpdirMin ?? asked.TmpdirMax ?? asked.OutdirMin ?? asked.OutdirMax) is not null;
        return new ResourceRequest(resources.Cores, ToSize(resources.Ram), asksForDisk ? ToSize(resources.Temporary + resources.Output) : (ByteSize?)null)
        {
            Accelerators = AcceleratorsOf(requirements, inputs, evaluator),
        };
    }

    public static ToolResources Of(CwlVersion version, RequirementSet requirements, object? inputs, Evaluator evaluator)
    {
        var ram = version == CwlVersion.V1_0 ? DefaultRamOfV10 : DefaultRam;
        if (requirements.Get<ResourceRequirement>() is not { } asked)
        {
            return new ToolResources(DefaultCores, ram, DefaultDirectory, DefaultDirectory);
        }

        double Amount(string name, object? least, object? most, double ifAbsent) => AmountOf(asked, name, least, most, ifAbsent, inputs, evaluator);
        return new ToolResources(
            Amount("cores", asked.CoresMin, asked.CoresMax, DefaultCores),
            Amount("ram", asked.RamMin, asked.RamMax, ram),
            Amount("tmpdir", asked.TmpdirMin, asked.TmpdirMax, DefaultDirectory),
            Amount("outdir", asked.OutdirMin, asked.OutdirMax, DefaultDirectory));
    }

    /// <summary>With the memory that a retry was given, which may be more than the tool asks for.</summary>
    public ToolResources RaiseTo(JobContext job) =>
        job.TryNumber == 1 ? this : this with { Ram = Math.Max(Ram, (double)job.Requirements.Memory.Bytes / (1 << 20)) };

    /// <summary>What expressions see as <c>runtime</c>; fractions are rounded up.</summary>
    public OrderedDictionary<string, object?> ToRuntime(string? outputDirectory, string? temporaryDirectory) => new(6)
    {
        ["cores"] = RoundUp(Cores),
        ["ram"] = RoundUp(Ram),
        ["tmpdirSize"] = RoundUp(Temporary),
        ["outdirSize"] = RoundUp(Output),
        ["tmpdir"] = temporaryDirectory,
        ["outdir"] = outputDirectory,
    };

    private static long RoundUp(double amount) => (long)Math.Ceiling(amount);

    private static ByteSize ToSize(double mebibytes) => (long)Math.Ceiling(mebibytes * (1 << 20));

    private static double AmountOf(ResourceRequirement asked, string name, object? least, object? most, double ifAbsent, object? inputs, Evaluator evaluator)
    {
        var minimum = NumberOf(asked.Position, $"{name}Min", least, inputs, evaluator);
        var maximum = NumberOf(asked.Position, $"{name}Max", most, inputs, evaluator);
        return minimum > maximum
            ? throw new CwlException(asked.Position, FormattableString.Invariant($"{name}Min ({minimum}) is larger than {name}Max ({maximum})."))
            : minimum ?? maximum ?? ifAbsent;
    }

    private static double? NumberOf(SourcePosition position, string name, object? amount, object? inputs, Evaluator evaluator)
    {
        var value = amount is CwlText text ? evaluator.Evaluate(text, inputs) : amount;
        return value switch
        {
            null => null,
            int number when number >= 0 => number,
            long number when number >= 0 => number,
            double number when number >= 0 && double.IsFinite(number) => number,
            _ => throw new CwlException(position, $"{name} should be a number of 0 or more, but is {ValueWords.Describe(value)}{(value is long or double or int ? $" ({value})" : "")}."),
        };
    }

    private static AcceleratorRequest? AcceleratorsOf(RequirementSet requirements, object? inputs, Evaluator evaluator)
    {
        if (requirements.Get<CudaRequirement>() is not { } cuda)
        {
            return null;
        }

        var count = NumberOf(cuda.Position, "cudaDeviceCountMin", cuda.CountMin, inputs, evaluator)
            ?? NumberOf(cuda.Position, "cudaDeviceCountMax", cuda.CountMax, inputs, evaluator) ?? 1;
        return count == 0 ? AcceleratorRequest.None : AcceleratorRequest.Parse(FormattableString.Invariant($"cuda:{(int)count}"));
    }
}
