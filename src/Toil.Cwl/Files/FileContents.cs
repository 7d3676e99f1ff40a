using System.Text;
using Toil.Cwl.Model;

namespace Toil.Cwl.Files;

/// <summary>The beginning of a File as text, for <c>loadContents</c>.</summary>
internal static class FileContents
{
    private const int Limit = 64 << 10;

    /// <summary>Reads at most 64 KiB. From v1.2 on a longer file is an error; before, the rest is left out.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="version">Whose rules hold.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<string> ReadAsync(Stream stream, string name, CwlVersion version, CancellationToken cancellation)
    {
        var buffer = new byte[Limit + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return length > Limit && version >= CwlVersion.V1_2
            ? throw new ToilException($"The contents of '{name}' can't be loaded: it is larger than 64 KiB, the most that loadContents takes. Pass the file itself, or a part of it.")
            : Encoding.UTF8.GetString(buffer, 0, Math.Min(length, Limit));
    }

    /// <summary>Reads an input, wherever it is.</summary>
    public static async Task<string> ReadAsync(OrderedDictionary<string, object?> file, IFileStore files, CwlVersion version, CancellationToken cancellation)
    {
        var name = FileValues.BasenameOf(file) ?? "";
        if (file.GetValueOrDefault("location") is null)
        {
            var contents = (string?)file.GetValueOrDefault("contents") ?? "";
            using var literal = new MemoryStream(Encoding.UTF8.GetBytes(contents));
            return await ReadAsync(literal, name, version, cancellation).ConfigureAwait(false);
        }

        var stream = await OpenAsync(file["location"]!, files, cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await ReadAsync(stream, name, version, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<Stream> OpenAsync(object location, IFileStore files, CancellationToken cancellation)
    {
        if (location is string uri && LocalFiles.TryGetPath(uri) is { } path)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        var file = location as FileId ?? await files.ImportAsync((string)location, cancellation).ConfigureAwait(false);
        return await files.OpenReadAsync(file, cancellation).ConfigureAwait(false);
    }
}
