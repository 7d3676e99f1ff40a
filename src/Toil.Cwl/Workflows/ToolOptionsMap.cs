using Toil.Cwl.Expressions;
using Toil.Cwl.Tools;
using Map = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>How tools are run, as a value that travels to other nodes.</summary>
internal static class ToolOptionsMap
{
    public static Map Of(ToolOptions options) => new()
    {
        [nameof(options.Container)] = options.Container.ToString(),
        [nameof(options.DefaultContainer)] = options.DefaultContainer,
        [nameof(options.MatchUser)] = options.MatchUser,
        [nameof(options.StrictMemoryLimit)] = options.StrictMemoryLimit,
        [nameof(options.StrictCpuLimit)] = options.StrictCpuLimit,
        [nameof(options.ForcePull)] = options.ForcePull,
        [nameof(options.PreservedVariables)] = options.PreservedVariables,
        [nameof(options.PreserveEntireEnvironment)] = options.PreserveEntireEnvironment,
        [nameof(options.ComputeChecksums)] = options.ComputeChecksums,
        [nameof(options.BypassDirectory)] = options.BypassDirectory,
        [nameof(options.LogDirectory)] = options.LogDirectory,
        [nameof(options.Evaluation)] = options.Evaluation.Timeout.TotalSeconds,
    };

    public static ToolOptions Read(Map map)
    {
        bool Is(string name) => (bool)map[name]!;
        return new ToolOptions
        {
            Container = Enum.Parse<ContainerChoice>((string)map[nameof(ToolOptions.Container)]!),
            DefaultContainer = (string?)map[nameof(ToolOptions.DefaultContainer)],
            MatchUser = Is(nameof(ToolOptions.MatchUser)),
            StrictMemoryLimit = Is(nameof(ToolOptions.StrictMemoryLimit)),
            StrictCpuLimit = Is(nameof(ToolOptions.StrictCpuLimit)),
            ForcePull = Is(nameof(ToolOptions.ForcePull)),
            PreservedVariables = [.. ((List<object?>)map[nameof(ToolOptions.PreservedVariables)]!).Cast<string>()],
            PreserveEntireEnvironment = Is(nameof(ToolOptions.PreserveEntireEnvironment)),
            ComputeChecksums = Is(nameof(ToolOptions.ComputeChecksums)),
            BypassDirectory = (string?)map[nameof(ToolOptions.BypassDirectory)],
            LogDirectory = (string?)map[nameof(ToolOptions.LogDirectory)],
            Evaluation = new EvaluatorOptions { Timeout = TimeSpan.FromSeconds((double)map[nameof(ToolOptions.Evaluation)]!) },
        };
    }
}
