namespace Toil.Files;

/// <summary>What the store may do with a local file whose content it takes in.</summary>
internal enum FileTaking
{
    /// <summary>It is somebody else's and may change: its content is copied.</summary>
    Copy,

    /// <summary>It won't change, but its permissions aren't ours to change.</summary>
    Share,

    /// <summary>It has no other name and its owner hands it over: it becomes read-only.</summary>
    TakeOver,
}
