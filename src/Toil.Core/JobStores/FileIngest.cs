namespace Toil.JobStores;

/// <summary>What a store may do with the local file that it takes in. It falls back to copying where the file system can't.</summary>
public enum FileIngest
{
    /// <summary>The file stays, its content is copied (or shared copy-on-write).</summary>
    Copy,

    /// <summary>The file stays, and the store may share its bytes through a hard link: the caller promises never to change it.</summary>
    Link,

    /// <summary>The store may take the file itself. When the put succeeds the file is gone from where it was.</summary>
    Move,
}
