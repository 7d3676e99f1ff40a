namespace Toil.JobStores;

/// <summary>How a blob has become a local file.</summary>
public enum FileHandout
{
    /// <summary>The bytes were copied.</summary>
    Copied,

    /// <summary>The bytes are shared until one side changes them.</summary>
    Reflinked,

    /// <summary>It is the store's own file under a second name: whoever changes it changes the blob.</summary>
    HardLinked,
}
