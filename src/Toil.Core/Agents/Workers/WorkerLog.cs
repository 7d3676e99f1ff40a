using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Toil.Agents;

/// <summary>The file that a worker's standard output and error go to. Only its end is ever read, however much a job writes.</summary>
internal sealed class WorkerLog(string path) : IDisposable
{
    /// <summary>A file that has grown larger is emptied before the next job. The worker appends, so it goes on at the new end.</summary>
    private const long MaxKeptBytes = 1 << 20;

    /// <summary>A log goes into the journal: what is larger belongs in a file that the job writes.</summary>
    private const long MostBytes = 64 << 20;

    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public string Path => path;

    /// <returns>Where the next job's output starts.</returns>
    public long BeginJob()
    {
        var length = RandomAccess.GetLength(_file);
        if (length <= MaxKeptBytes)
        {
            return length;
        }

        RandomAccess.SetLength(_file, 0);
        return 0;
    }

    /// <inheritdoc cref="Read(SafeFileHandle, long, long)"/>
    public byte[] Read(long start, long limit) => Read(_file, start, limit);

    public string ReadText(long limit) => Encoding.UTF8.GetString(Read(0, limit));

    /// <summary>What was written since a position, as much as <c>--maxLogFileSize</c> keeps: the last bytes, the first when it is negative, all when it is zero.</summary>
    public static byte[] Read(SafeFileHandle file, long start, long limit)
    {
        var length = RandomAccess.GetLength(file);
        var kept = Math.Clamp(length - start, 0, limit == 0 ? MostBytes : Math.Min(Math.Abs(limit), MostBytes));
        var bytes = new byte[kept];
        var read = RandomAccess.Read(file, bytes, limit < 0 ? start : length - kept);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    public void Dispose()
    {
        _file.Dispose();
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The workflow has ended, and its leader has cleared this node up.
        }
    }
}
