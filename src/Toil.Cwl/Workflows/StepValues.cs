namespace Toil.Cwl.Workflows;

/// <summary>What a run of a step is given.</summary>
/// <param name="Bindings">For each input, the list of the values that its sources gave.</param>
/// <param name="Elements">For each scattered input, the element that this run takes.</param>
internal sealed record StepValues(OrderedDictionary<string, object?> Bindings, OrderedDictionary<string, object?> Elements);
