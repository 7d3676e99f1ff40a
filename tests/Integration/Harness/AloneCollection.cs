namespace Toil.Integration.Tests;

/// <summary>Tests that measure time: none runs beside another.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
