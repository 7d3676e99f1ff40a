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
        var parsed = new Uri(uri);
        return parsed.Scheme switch
        {
            "file" => await ReadFileAsync(parsed.LocalPath, cancellationToken).ConfigureAwait(false),
            "http" or "https" => await ReadWebAsync(parsed, cancellationToken).ConfigureAwait(false),
            var scheme => throw new IOException($"Documents can't be read by '{scheme}:'; use a path, file:, http: or https:."),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                throw new IOException(Directory.Exists(path) ? "It is a directory." : "There is no such file.");
            }

            if (info.Length > SizeLimit)
            {
                throw TooLarge(info.Length);
            }

            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
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

    private static IOException TooLarge(long length) => new($"It has {length} bytes; documents may have {SizeLimit}.");
}
