using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>A process requires what can't be met here; hints are never the reason.</summary>
internal sealed class UnsupportedRequirementException(SourcePosition position, string message) : ToilException($"{position}: {message}");
