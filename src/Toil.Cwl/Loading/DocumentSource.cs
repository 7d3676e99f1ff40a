namespace Toil.Cwl.Loading;

/// <summary>Reads documents from files and from http(s).</summary>
internal sealed class DocumentSource : IDocumentSource
{
    /// <summary>Larger documents are refused: nobody writes them by hand, and all of them are held in memory.</summary>
    public const long SizeLimit = 256L << 20;

    private static readonly Lazy<HttpClient> Web = new(CreateClient);

    public static DocumentSource Default { get; } = new();

    public async Task<ReadOnlyMemory<byte>> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        return !Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? throw new IOException("It is not a valid address.") : parsed.Scheme switch
        {
            "file" => await ReadFileAsync(parsed.LocalPath, cancellationToken).ConfigureAwait(false),
            "http" or "https" => await ReadWebAsync(parsed, cancellationToken).ConfigureAwait(false),
            var scheme => throw new IOException($"Documents can't be read by '{scheme}:'; use a path, file:, http: or https:."),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("It is a directory.");
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                return await ReadAllAsync(file, cancellationToken).ConfigureAwait(false);
            }
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
    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(FileStream file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.CanSeek && file.Length is > 0 and < SizeLimit ? file.Length + 1 : 64 * 1024];
        var count = 0;
        while (await file.ReadAsync(bytes.AsMemory(count), cancellationToken).ConfigureAwait(false) is var read and > 0)
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
