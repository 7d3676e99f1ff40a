namespace Toil.Conformance.Tests;

/// <summary>One test of a suite.</summary>
/// <param name="Id">Unique in its suite.</param>
/// <param name="Doc">What it shows.</param>
/// <param name="Tool">The document's path, which may end in <c>#id</c>.</param>
/// <param name="Job">The path of the input object, or null when there is none.</param>
/// <param name="Output">The output object that is expected; null when it <see cref="ShouldFail"/>.</param>
/// <param name="ShouldFail">Whether the runner must refuse the document or the inputs, or the run must fail.</param>
internal sealed record ConformanceCase(string Id, string Doc, string Tool, string? Job, object? Output, bool ShouldFail);
