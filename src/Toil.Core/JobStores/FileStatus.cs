using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Toil.JobStores;

/// <summary>What statx(2) tells of a file, links not followed. Its layout is the same on all processors.</summary>
internal readonly record struct FileStatus(uint Links, ushort Mode, ulong Inode, long Size, long ChangeNanoseconds, long ModifyNanoseconds, ulong Device, long AccessNanoseconds, uint Owner)
{
    private const int BufferSize = 256;
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int HandleItself = 0x1000; // AT_EMPTY_PATH
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const ushort TypeMask = 0xF000;
    private const ushort RegularType = 0x8000;
    private const ushort DirectoryType = 0x4000;
    private const ushort LinkType = 0xA000;
    private const ushort OwnerExecute = 0x40;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    public bool IsExecutable => (Mode & OwnerExecute) != 0;

    public bool IsSameFileAs(FileStatus other) => Inode == other.Inode && Device == other.Device;

    /// <returns>Null when there is no such file.</returns>
    public static FileStatus? Of(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        if (NativeFiles.StatX(NativeFiles.CurrentDirectory, path, DoNotFollow, BasicFields, buffer) == 0)
        {
            return Parse(buffer);
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Errno.NotFound or Errno.NotDirectory ? null : throw StorageFailure.FromErrno(error, "look at", path);
    }

    public static FileStatus Of(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        return NativeFiles.StatX((int)file.DangerousGetHandle(), "", HandleItself, BasicFields, buffer) == 0
            ? Parse(buffer)
            : throw StorageFailure.FromErrno(Marshal.GetLastPInvokeError(), "look at", "an open file");
    }

    private static FileStatus Parse(ReadOnlySpan<byte> buffer) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]),
        BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]),
        BinaryPrimitives.ReadUInt64LittleEndian(buffer[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(buffer[40..]),
        ReadTime(buffer[96..]),
        ReadTime(buffer[112..]),
        BinaryPrimitives.ReadUInt64LittleEndian(buffer[136..]),
        ReadTime(buffer[64..]),
        BinaryPrimitives.ReadUInt32LittleEndian(buffer[20..]));

    private static long ReadTime(ReadOnlySpan<byte> time) =>
        BinaryPrimitives.ReadInt64LittleEndian(time) * 1_000_000_000 + BinaryPrimitives.ReadUInt32LittleEndian(time[8..]);
}
