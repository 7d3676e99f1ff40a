using Toil.Simulation.Model;

namespace Toil.Simulation.Scripts;

/// <summary>What running a script leads to.</summary>
internal sealed record ScriptResult(
    ModelValue Value, IReadOnlyList<ModelValue> Arguments, IReadOnlyList<ModelValue?> Memories, IReadOnlyList<ModelValue.StoredFile> Deleted);

/// <summary>Executes scripts: the "user code" of simulated workflows.</summary>
internal sealed class ScriptInterpreter
{
    /// <summary>Arguments larger than this are returned as a digest: otherwise values would grow with each generation.</summary>
    private const int MaxReturnedSize = 40;

    private readonly JobScript _script;
    private readonly ModelValue _arguments;
    private readonly Func<int, string> _fileKey;

    private ScriptInterpreter(JobScript script, ModelValue arguments, Func<int, string> fileKey) =>
        (_script, _arguments, _fileKey) = (script, arguments, fileKey);

    /// <param name="script">What to run.</param>
    /// <param name="arguments">The job's arguments, without gaps.</param>
    /// <param name="fileKey">Where the job's files are stored.</param>
    public static ScriptResult Run(JobScript script, ModelValue arguments, Func<int, string> fileKey)
    {
        var interpreter = new ScriptInterpreter(script, arguments, fileKey);
        return new ScriptResult(
            interpreter.Evaluate(script.Value),
            [.. script.Jobs.Select(job => interpreter.Evaluate(job.Arguments))],
            [.. script.Jobs.Select(job => job.Memory is null ? null : interpreter.Evaluate(job.Memory))],
            script.DeletesFile ? [.. arguments.All<ModelValue.StoredFile>().Take(1)] : []);
    }

    private ModelValue Evaluate(Template template) => template switch
    {
        Template.Literal literal => new ModelValue.Scalar(literal.Content),
        Template.Argument argument => Limit(ArgumentAt(argument.Key).WithGaps(handed => handed with { Kind = argument.HandsOn ? GapKind.Reference : GapKind.Whole })),
        Template.Promised promised => new ModelValue.Gap(promised.Job == JobScript.Self ? _script.Id : _script.Jobs[promised.Job].Id, promised.Path, promised.Kind),
        Template.NewFile file => new ModelValue.StoredFile($"{_script.Id}#{file.Index}", _fileKey(file.Index)),
        Template.Items items => new ModelValue.Items([.. items.Nodes.Select(Evaluate)]),
        Template.Entries entries => new ModelValue.Entries([.. entries.Nodes.Select(entry => KeyValuePair.Create(entry.Key, Evaluate(entry.Value)))]),
        _ => throw new InvalidOperationException($"Nobody evaluates {template.GetType().Name}."),
    };

    private ModelValue ArgumentAt(string? key) => key is null
        ? _arguments
        : (_arguments as ModelValue.Entries)?.Nodes.FirstOrDefault(entry => entry.Key == key).Value ?? ModelValue.Nothing;

    private static ModelValue Limit(ModelValue value) => value.Size <= MaxReturnedSize
        ? value
        : new ModelValue.Scalar($"digest {ScriptGenerator.Hash(0, value.ToString())}");
}
