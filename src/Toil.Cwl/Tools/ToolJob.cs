using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>A tool that is about to run, and all that belongs to this run of it.</summary>
internal sealed class ToolJob
{
    public required CommandLineTool Tool { get; init; }

    public required RequirementSet Requirements { get; init; }

    public required ToolOptions Options { get; init; }

    public required JobContext Context { get; init; }

    public required ToolDirectories Directories { get; init; }

    public required Evaluator Evaluator { get; init; }

    public required InputStaging Staging { get; init; }

    /// <summary>What expressions see.</summary>
    public required OrderedDictionary<string, object?> Inputs { get; init; }

    /// <summary>What expressions see.</summary>
    public required OrderedDictionary<string, object?> Runtime { get; init; }

    public required ToolResources Resources { get; init; }

    /// <summary>Null for a tool that runs on this machine itself.</summary>
    public required ToolContainer? Container { get; init; }

    /// <summary>Whether it may use the network; before v1.1 every tool may.</summary>
    public bool HasNetwork => Requirements.Get<NetworkAccessRequirement>() is not { } network
        ? Tool.Version == CwlVersion.V1_0
        : Evaluate(network.Enable) switch
        {
            bool enabled => enabled,
            var other => throw new CwlException(network.Position, $"networkAccess should be a boolean, but is {ValueWords.Describe(other)}."),
        };

    public CancellationToken Cancellation => Context.Cancellation;

    public object? Evaluate(CwlText text, object? self = null, bool keepsWhitespace = false) => Evaluator.Evaluate(text, Inputs, self, Runtime, keepsWhitespace);

    /// <param name="text">The text.</param>
    /// <param name="what">What it is for, for messages.</param>
    /// <exception cref="CwlException">It evaluates to something else than a string.</exception>
    public string EvaluateString(CwlText text, string what) => Evaluate(text) switch
    {
        string result => result,
        var other => throw new CwlException(text.Position, $"{what} should be a string, but the expression gives {ValueWords.Describe(other)}."),
    };

    /// <summary>For fields that hold a plain value or an expression.</summary>
    public object? Evaluate(object? field) => field is CwlText text ? Evaluate(text) : field;
}
