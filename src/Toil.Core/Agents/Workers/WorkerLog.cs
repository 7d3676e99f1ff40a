using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Toil.Agents;

/// <summary>The file that a worker's standard output and error go to. Only its end is ever read, however much a job writes.</summary>
internal sealed class WorkerLog(string path) : IDisposable
{
    /// <summary>A file that has grown larger is emptied before the next job. The worker appends, so it goes on at the new end.</summary>
    private const long MaxKeptBytes = 1 << 20;

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

    /// <summary>The last bytes that were written since a position.</summary>
    public byte[] Tail(long start, long limit) => Tail(_file, start, limit);

    public string TailText(long limit) => Encoding.UTF8.GetString(Tail(0, limit));

    public static byte[] Tail(SafeFileHandle file, long start, long limit)
    {
        var length = RandomAccess.GetLength(file);
        start = Math.Max(start, length - limit);
        var tail = new byte[Math.Max(0, length - start)];
        var read = RandomAccess.Read(file, tail, start);
        return read == tail.Length ? tail : tail[..read];
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(path);
    }
}
