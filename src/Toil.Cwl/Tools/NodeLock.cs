using System.Globalization;
using System.Text;
using Toil.Containers;
using Toil.Cwl.Files;
using Toil.Files;

namespace Toil.Cwl.Tools;

/// <summary>Lets one process of this user at a time do something on this node.</summary>
internal static class NodeLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="what">Names what is done.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Frees it when disposed, or when this process ends.</returns>
    public static async Task<IDisposable> TakeAsync(string what, CancellationToken cancellation)
    {
        var folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"toil-locks-{Ids.User()}"));
        FileModes.MakeDirectory(folder);
        var path = Path.Combine(folder, FileChecksum.Of(Encoding.UTF8.GetBytes(what))["sha1$".Length..]);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }
}
