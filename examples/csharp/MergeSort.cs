#!/usr/bin/env dotnet
// Sorts a file by merge sort: splits it until the parts are small, sorts those in parallel, merges the results.
// Try it: dotnet run examples/csharp/MergeSort.cs -- --jobStore ./store --numLines 100000
#:project ../../src/Toil.Core/Toil.Core.csproj
#:property PublishAot=false
using System.Buffers.Binary;
using Toil;

var app = new ToilApp("Sorts the lines of a file (by byte value) with a workflow of jobs.");
var numLines = app.Option("--numLines", 1000, "Number of lines of the file that is made when none is given.");
var lineLength = app.Option("--lineLength", 50, "Length of those lines in characters.");
var fileToSort = app.Option("--fileToSort", "", "The file to sort; without it one is made, fileToSort.txt.");
var outputFile = app.Option("--outputFile", "sortedFile.txt", "Where the sorted lines go.");
var overwriteOutput = app.Option("--overwriteOutput", true, "Whether an existing output file is replaced.");
var threshold = app.Option("--N", 10_000L, "A part of at most this many bytes is sorted by one job; no line may be longer.");
var sortMemory = app.Option("--sortMemory", ByteSize.Parse("600Mi"), "Memory of the jobs that split and sort.");
var mergeMemory = app.Option("--mergeMemory", ByteSize.Parse("600Mi"), "Memory of the jobs that merge.");

return await app.RunAsync(args, async workflow =>
{
    var output = Path.GetFullPath(outputFile.Value);
    if (File.Exists(output) && !overwriteOutput.Value)
    {
        throw new ToilException($"{output} exists already. Delete it, or use --overwriteOutput=true.");
    }

    if (threshold.Value <= 0)
    {
        throw new ToilException($"--N must be above 0, not {threshold.Value}.");
    }

    var sorted = await workflow.RunAsync<FileId>(async () =>
    {
        var input = fileToSort.Value.Length > 0 ? fileToSort.Value : MakeFile("fileToSort.txt", numLines.Value, lineLength.Value);
        return Job.Of(MergeSort.Down, await workflow.ImportAsync(input), threshold.Value, sortMemory.Value, mergeMemory.Value)
            .With(memory: sortMemory.Value);
    });
    await workflow.ExportAsync(sorted, output);
});

static string MakeFile(string path, int lines, int length)
{
    if (!File.Exists(path))
    {
        var random = new Random(1);
        var line = new char[length];
        using var writer = new StreamWriter(path);
        for (var i = 0; i < lines; i++)
        {
            random.GetItems("abcdefghijklmnopqrstuvwxyz", line);
            writer.WriteLine(line);
        }
    }

    return path;
}

/// <summary>The jobs.</summary>
static class MergeSort
{
    /// <summary>Splits a large file in two, each of which is sorted by a child, and merges them in a follow-on; sorts a small one.</summary>
    public static async Task<object> Down(JobContext job, FileId input, long threshold, ByteSize sortMemory, ByteSize mergeMemory)
    {
        if (input.Size <= threshold)
        {
            return await Sort(job, input);
        }

        var halves = await Split(job, input);
        var sorted = halves.Select(half => job.AddChild(Job.Of(Down, half, threshold, sortMemory, mergeMemory).With(memory: sortMemory))).ToList();
        return job.AddFollowOn(Job.Of(Up, sorted[0], halves[0], sorted[1], halves[1]).With(memory: mergeMemory));
    }

    /// <summary>Merges two sorted files, and deletes them and the unsorted halves that they were made of.</summary>
    public static async Task<FileId> Up(JobContext job, FileId left, FileId leftHalf, FileId right, FileId rightHalf)
    {
        await using var output = await job.Files.OpenWriteAsync("merged");
        await using (var first = new LineReader(await job.Files.OpenReadAsync(left)))
        await using (var second = new LineReader(await job.Files.OpenReadAsync(right)))
        {
            Merge(first, second, output);
        }

        foreach (var file in new[] { left, leftHalf, right, rightHalf })
        {
            job.Files.Delete(file);
        }

        await output.DisposeAsync();
        return output.FileId;
    }

    private static async Task<FileId> Sort(JobContext job, FileId input)
    {
        var bytes = new byte[input.Size];
        await using (var reader = await job.Files.OpenReadAsync(input))
        {
            await reader.ReadExactlyAsync(bytes);
        }

        var lines = Line.FindAll(bytes);
        lines.AsSpan().Sort(new LineOrder(bytes));
        await using var output = await job.Files.OpenWriteAsync("sorted");
        foreach (var line in lines)
        {
            output.Write(bytes.AsSpan(line.Start, line.Length));
            output.WriteByte((byte)'\n');
        }

        await output.DisposeAsync();
        return output.FileId;
    }

    /// <summary>Splits at the end of the line that contains the middle.</summary>
    private static async Task<List<FileId>> Split(JobContext job, FileId input)
    {
        await using var reader = await job.Files.OpenReadAsync(input);
        var left = await job.Files.OpenWriteAsync("left");
        await CopyBytes(reader, left, input.Size / 2);
        for (int next; (next = reader.ReadByte()) >= 0;)
        {
            left.WriteByte((byte)next);
            if (next == '\n')
            {
                break;
            }
        }

        var right = await job.Files.OpenWriteAsync("right");
        await reader.CopyToAsync(right);
        await left.DisposeAsync();
        await right.DisposeAsync();
        return [left.FileId, right.FileId];
    }

    private static async Task CopyBytes(Stream from, Stream to, long count)
    {
        var buffer = new byte[1 << 20];
        while (count > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)));
            if (read == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read));
            count -= read;
        }
    }

    private static void Merge(LineReader first, LineReader second, Stream output)
    {
        bool hasFirst = first.Next(), hasSecond = second.Next();
        while (hasFirst || hasSecond)
        {
            var takeFirst = !hasSecond || (hasFirst && first.Line.SequenceCompareTo(second.Line) <= 0);
            output.Write(takeFirst ? first.Line : second.Line);
            output.WriteByte((byte)'\n');
            if (takeFirst)
            {
                hasFirst = first.Next();
            }
            else
            {
                hasSecond = second.Next();
            }
        }
    }
}

/// <summary>A line of a buffer; the first eight bytes at hand decide most comparisons.</summary>
readonly record struct Line(ulong Prefix, int Start, int Length)
{
    public static Line[] FindAll(ReadOnlySpan<byte> text)
    {
        var lines = new Line[text.Count((byte)'\n') + (text is [.., (byte)'\n'] or [] ? 0 : 1)];
        for (int start = 0, found = 0; found < lines.Length; found++)
        {
            var length = text[start..].IndexOf((byte)'\n');
            length = length < 0 ? text.Length - start : length;
            lines[found] = new Line(PrefixOf(text.Slice(start, length)), start, length);
            start += length + 1;
        }

        return lines;
    }

    private static ulong PrefixOf(ReadOnlySpan<byte> line)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        line[..Math.Min(line.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }
}

/// <summary>By byte value, a line before those that it is the beginning of: the order of <c>LC_ALL=C sort</c>.</summary>
readonly struct LineOrder(byte[] text) : IComparer<Line>
{
    public int Compare(Line x, Line y) => x.Prefix != y.Prefix
        ? x.Prefix.CompareTo(y.Prefix)
        : text.AsSpan(x.Start, x.Length).SequenceCompareTo(text.AsSpan(y.Start, y.Length));
}

/// <summary>Reads lines as bytes, without making an object for each.</summary>
sealed class LineReader(Stream stream) : IAsyncDisposable
{
    private byte[] _buffer = new byte[1 << 20];
    private int _start;
    private int _end;
    private int _lineEnd;

    /// <summary>The current line, without its end.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _lineEnd - _start);

    /// <summary>Moves to the next line; false at the end.</summary>
    public bool Next()
    {
        _start = Math.Min(_lineEnd + (_end > 0 ? 1 : 0), _end);
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                _lineEnd = _start + length;
                return true;
            }

            if (!Fill())
            {
                _lineEnd = _end;
                return _start < _end;
            }
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
