namespace Toil.Cwl.Loading;

/// <summary>Reads documents from files and from http(s).</summary>
internal sealed class DocumentSource : IDocumentSource
{
    /// <summary>Larger documents are refused: nobody writes them by hand, and all of them are held in memory.</summary>
    public const long SizeLimit = 256L << 20;

    private static readonly Lazy<HttpClient> Web = new(CreateClient);

    public static DocumentSource Default { get; } = new();

    public Task<ReadOnlyMemory<byte>> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            if (FileUri.PathIn(uri) is { } path)
            {
                return Task.FromResult(ReadFile(path));
            }

            return !Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? throw new IOException("It is not a valid address.") : parsed.Scheme switch
            {
                "http" or "https" => ReadWebAsync(parsed, cancellationToken),
                var scheme => throw new IOException($"Documents can't be read by '{scheme}:'; use a path, file:, http: or https:."),
            };
        }
        catch (IOException error)
        {
            return Task.FromException<ReadOnlyMemory<byte>>(error);
        }
    }

    /// <remarks>At once: files of documents are small, and asynchronous reading costs a start more than they do.</remarks>
    private static ReadOnlyMemory<byte> ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("It is a directory.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return ReadAll(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("There is no such file.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Pipes and devices have no length; some never end.</summary>
    private static ReadOnlyMemory<byte> ReadAll(FileStream file)
    {
        var bytes = new byte[file.CanSeek && file.Length is > 0 and < SizeLimit ? file.Length + 1 : 64 * 1024];
        var count = 0;
        while (file.Read(bytes.AsSpan(count)) is var read and > 0)
        {
            count += read;
            if (count > SizeLimit)
            {
                throw new IOException($"It has more than the {SizeLimit} bytes that a document may have.");
            }

            if (count == bytes.Length)
            {
                Array.Resize(ref bytes, count * 2);
            }
        }

        return bytes.AsMemory(0, count);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadWebAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            return await Web.Value.GetByteArrayAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new IOException(error.Message, error);
        }
        catch (TaskCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The server did not answer in time.", error);
        }
    }

    private static HttpClient CreateClient()
    {
        var client = new HttpClient { MaxResponseContentBufferSize = SizeLimit, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/x-yaml, application/json, text/plain, */*");
        return client;
    }
}
