namespace Toil.JobStores;

/// <summary>A file couldn't be given its name; the number says whether another way may succeed.</summary>
internal sealed class NamingException(int errno, string message) : ToilException(message)
{
    public int Errno { get; } = errno;
}
