using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class SegmentIdTests
{
    [Fact]
    public void TryParse_NameOfASegment_IsThatSegment()
    {
        Assert.True(SegmentId.TryParse("00000012-0345.log", out var id));
        Assert.Equal((12, 345), (id.Epoch, id.Sequence));
    }

    [Theory]
    [InlineData("00000012-0345.log~")]
    [InlineData("00000012-0345~.log")]
    [InlineData("00000012_0345.log")]
    [InlineData("00000012-0345.txt")]
    [InlineData("0000001a-0345.log")]
    [InlineData("00000012- 345.log")]
    [InlineData("00000000-0000.log")]
    [InlineData("")]
    public void TryParse_OtherName_IsNone(string name) => Assert.False(SegmentId.TryParse(name, out _));
}
