using Toil.Files;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Files;

public sealed class FileCopyTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((16 << 20) - 1)]
    [InlineData(16 << 20)]
    [InlineData((16 << 20) + 1)]
    public void Copy_OfAnySize_IsTheSame(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        File.WriteAllBytes(_place["from"], bytes);

        Assert.Equal(FilePlacement.Private, FileCopy.Copy(_place["from"], _place["to"], FileModes.Frozen(true), TestContext.Current.CancellationToken));
        Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(_place["to"])));
        Assert.Equal("555", Modes.Get(_place["to"]));
    }

    [Fact]
    public void Copy_CancelledInTheMiddle_LeavesNothing()
    {
        _place.Write("from", "x");
        Assert.Throws<OperationCanceledException>(() =>
            FileCopy.Copy(_place["from"], _place["to"], FileModes.Frozen(false), new CancellationToken(canceled: true)));

        Assert.False(File.Exists(_place["to"]));
    }

    [Fact]
    public void Copy_ToATakenName_LeavesWhatIsThere()
    {
        _place.Write("from", "x");
        _place.Write("to", "y");

        Assert.Equal(FilePlacement.None, FileCopy.Copy(_place["from"], _place["to"], FileModes.Frozen(false), TestContext.Current.CancellationToken));
        Assert.Equal("y", File.ReadAllText(_place["to"]));
    }

    [Fact]
    public void Copy_OfAMissingFile_LeavesNothing()
    {
        Assert.Throws<ToilException>(() => FileCopy.Copy(_place["no"], _place["to"], FileModes.Frozen(false), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_place["to"]));
    }
}
