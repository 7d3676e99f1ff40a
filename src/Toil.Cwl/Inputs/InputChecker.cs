using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Validation;

namespace Toil.Cwl.Inputs;

/// <summary>Checks an input object against the inputs of a process.</summary>
internal static class InputChecker
{
    /// <summary>The value of each input, in the order of the process, with defaults for what is absent or null.</summary>
    /// <param name="process">Whose inputs.</param>
    /// <param name="inputs">The values that are given.</param>
    /// <param name="problems">Gets an error for each input that is missing or of another type, and a warning for each that the process does not have.</param>
    /// <param name="written">The document that the values come from, if there is one: messages then name its lines.</param>
    public static OrderedDictionary<string, object?> Complete(CwlProcess process, OrderedDictionary<string, object?> inputs, ProblemList problems, InputObject? written = null)
    {
        var complete = new OrderedDictionary<string, object?>(process.Inputs.Count);
        foreach (var input in process.Inputs)
        {
            inputs.TryGetValue(input.Name, out var value);
            var isGiven = value is not null || !input.HasDefault;
            complete.Add(input.Name, isGiven ? value : input.Default);
            if (ValueChecker.Check(input.Type, complete[input.Name]) is not { } mismatch)
            {
                continue;
            }

            var position = isGiven && written?.PositionOf([input.Name, .. mismatch.Path]) is { } place ? place : input.Position;
            problems.Error(position, value is null && isGiven
                ? $"The input '{input.Name}' is missing; expected {TypeText.Of(input.Type)}."
                : $"{(isGiven ? "The input" : "The default of the input")} '{input.Name}{mismatch.PathText}': {mismatch.Message}");
        }

        WarnOfOthers(process, inputs, problems, written);
        return complete;
    }

    private static void WarnOfOthers(CwlProcess process, OrderedDictionary<string, object?> inputs, ProblemList problems, InputObject? written)
    {
        foreach (var name in inputs.Keys)
        {
            if (!name.Contains(':', StringComparison.Ordinal) && !process.Inputs.Any(input => input.Name == name))
            {
                problems.Warn(written?.PositionOf([name]) ?? process.Position, $"The process has no input '{name}'; the value is ignored.{Suggestion.For(name, process.Inputs.Select(input => input.Name))}");
            }
        }
    }
}
