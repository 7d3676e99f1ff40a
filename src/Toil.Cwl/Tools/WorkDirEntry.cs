using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Something to be in the output directory before a tool starts.</summary>
/// <param name="Name">Its path there; null for the basename of a File or Directory.</param>
/// <param name="Content">A File, a Directory, or a text.</param>
/// <param name="Writable">Whether the tool may change it.</param>
/// <param name="Position">Where it was asked for.</param>
internal sealed record WorkDirEntry(string? Name, object Content, bool Writable, SourcePosition Position);
