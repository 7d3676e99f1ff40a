using System.Text.Json;

namespace Toil.JobStores;

/// <summary>Who leads a workflow, precisely enough to tell whether that process still lives.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="BootId">The kernel's id of this boot.</param>
/// <param name="ProcessNamespace">The kernel's id of the process namespace: a pid means nothing in another container.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it started, in the kernel's ticks, since pids come around again.</param>
/// <param name="Epoch">The number of the lease.</param>
/// <param name="RenewedAt">When it was renewed, by the holder's clock; only good for showing.</param>
/// <param name="Lasts">How long the lease is valid after each renewal.</param>
/// <param name="Renewals">How often it was renewed: what a waiting taker sees change.</param>
/// <param name="Released">Whether the holder has given it back.</param>
internal sealed record LeaseHolder(
    string Host,
    string BootId,
    string ProcessNamespace,
    int ProcessId,
    long ProcessStart,
    int Epoch,
    DateTimeOffset RenewedAt,
    TimeSpan Lasts,
    long Renewals = 0,
    bool Released = false)
{
    public byte[] ToBytes() => StoreJson.Write(writer =>
    {
        writer.WriteString("host", Host);
        writer.WriteString("bootId", BootId);
        writer.WriteString("processNamespace", ProcessNamespace);
        writer.WriteNumber("processId", ProcessId);
        writer.WriteNumber("processStart", ProcessStart);
        writer.WriteNumber("epoch", Epoch);
        writer.WriteString("renewedAt", RenewedAt);
        writer.WriteNumber("lastsSeconds", Lasts.TotalSeconds);
        writer.WriteNumber("renewals", Renewals);
        writer.WriteBoolean("released", Released);
    });

    /// <exception cref="JsonException">It isn't what <see cref="ToBytes"/> wrote.</exception>
    public static LeaseHolder Parse(ReadOnlyMemory<byte> bytes) => StoreJson.Read(bytes, root => new LeaseHolder(
        root.GetProperty("host").GetString() ?? throw new JsonException("The lease names no host."),
        root.GetProperty("bootId").GetString() ?? "",
        root.GetProperty("processNamespace").GetString() ?? "",
        root.GetProperty("processId").GetInt32(),
        root.GetProperty("processStart").GetInt64(),
        root.GetProperty("epoch").GetInt32(),
        root.GetProperty("renewedAt").GetDateTimeOffset(),
        TimeSpan.FromSeconds(root.GetProperty("lastsSeconds").GetDouble()),
        root.GetProperty("renewals").GetInt64(),
        root.GetProperty("released").GetBoolean()));
}
