using System.Globalization;
using System.Text;

namespace Toil;

/// <summary>
/// The file that <c>--logFile</c> names: the leader's log, appended line by line. With <c>--rotatingLogging</c> it is
/// begun anew when it has reached its size, and the one before it stays beside it as <c>name.1</c>.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private FileStream? _file;

    private LogFile(string path, long limit, TimeProvider time)
    {
        (_path, _limit, _time) = (path, limit, time);
        _file = OpenFile();
    }

    /// <returns>Null when none is wanted.</returns>
    /// <exception cref="UsageException">It can't be written.</exception>
    public static LogFile? Open(ToilOptions options, TimeProvider time)
    {
        try
        {
            return options.LogFile is { } path
                ? new LogFile(Path.GetFullPath(path), options.RotatingLogging ? options.MaxLogFileSize.Bytes : long.MaxValue, time)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--logFile: {options.LogFile} can't be written: {error.Message}");
        }
    }

    /// <summary>Appends a message. A file that can't be written any more, because its disk is full for instance, is given up: the workflow goes on without it.</summary>
    /// <returns>Why the file has just been given up; else null.</returns>
    public string? Write(LogLevel level, string message)
    {
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{_time.GetLocalNow():yyyy-MM-dd HH:mm:ss}] {level}: {message}\n"));
        lock (_gate)
        {
            try
            {
                RotateBefore(line.Length);
                _file?.Write(line);
                return null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Dispose();
                return $"The log is no longer written to {_path}: {error.Message}";
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void RotateBefore(int length)
    {
        if (_file is { Length: > 0 } file && file.Length + length > _limit)
        {
            file.Dispose();
            File.Move(_path, $"{_path}.1", overwrite: true);
            _file = OpenFile();
        }
    }

    // Unbuffered: the last lines matter most when the process is killed. Others may read it meanwhile, or move it away.
    private FileStream OpenFile() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
