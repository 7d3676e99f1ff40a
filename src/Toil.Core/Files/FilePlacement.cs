namespace Toil.Files;

/// <summary>How a file's content came to a second place.</summary>
internal enum FilePlacement
{
    /// <summary>The place was taken; nothing was done.</summary>
    None,

    /// <summary>A file of its own: copied, or sharing bytes until one side changes them.</summary>
    Private,

    /// <summary>The same file under a second name.</summary>
    Linked,
}
