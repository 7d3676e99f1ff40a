using Toil.Agents;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Agents;

public class SentCodesTests
{
    private readonly SentCodes _sent = new();
    private readonly Dictionary<Hash128, Code> _received = [];

    [Fact]
    public void Write_SameCodeAgain_SendsItOnce()
    {
        var first = Pass(1);
        Assert.True(Pass(1) < first);
        Assert.Single(_received);
    }

    [Fact]
    public void Write_ManyCodes_HasTheOtherEndForgetThem()
    {
        for (var number = 0; number < 3000; number++)
        {
            Pass(number);
        }

        Assert.InRange(_received.Count, 1, 1024);
        Pass(0);
    }

    [Fact]
    public void Clear_CodeWasSent_SendsItAgain()
    {
        Pass(1);
        _sent.Clear();
        _received.Clear();
        Pass(1);
        Assert.Single(_received);
    }

    /// <returns>How many bytes that took.</returns>
    private int Pass(int number)
    {
        var code = new Code(Vehicle.Assembly, $"{number}", default);
        var order = new LaunchOrder(new AttemptId(1, 1, 1), "job", 1, new Requirements(1, 10, 10), code, ClrValues.Encode(null).Bind(_ => 0));
        var writer = new ByteWriter();
        _sent.Write(writer, order);
        var reader = new ByteReader(writer.Written.Span);
        Assert.Equal(code.Id, SentCodes.Read(ref reader, _received).Code.Id);
        return writer.Length;
    }
}
