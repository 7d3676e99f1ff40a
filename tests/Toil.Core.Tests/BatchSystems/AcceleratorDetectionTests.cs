using Toil.BatchSystems;
using Toil.Files;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.BatchSystems;

public sealed class AcceleratorDetectionTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly Dictionary<string, string> _variables = [];

    [Fact]
    public void Find_NoDrivers_FindsNone() => Assert.Empty(Find());

    [Fact]
    public void Find_Override_BeatsWhatIsThere()
    {
        AddNvidia("0000:04:00.0", "Tesla K80");
        _variables[AcceleratorDetection.OverrideVariable] = "nvidia-x:2,amd:1";
        Assert.Equal([new("amd", "0"), new("nvidia-x", "0"), new("nvidia-x", "1")], Find());
        _variables[AcceleratorDetection.OverrideVariable] = "0";
        Assert.Empty(Find());
        _variables[AcceleratorDetection.OverrideVariable] = "what?";
        Assert.Contains("TOIL_ACCELERATORS is 'what?'", Assert.Throws<ToilException>(Find).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NvidiaDriver_CountsByPlaceOnTheBus()
    {
        AddNvidia("0000:84:00.0", "NVIDIA A100-SXM4-40GB");
        AddNvidia("0000:04:00.0", "Tesla K80");
        Assert.Equal([new("nvidia-tesla-k80", "0"), new("nvidia-a100-sxm4-40gb", "1")], Find());
    }

    [Fact]
    public void Find_OnlySomeAreOurs_LeavesTheOthers()
    {
        AddNvidia("0000:04:00.0", "Tesla K80");
        AddNvidia("0000:05:00.0", "Tesla K80");
        _variables["CUDA_VISIBLE_DEVICES"] = "1";
        Assert.Equal([new("nvidia-tesla-k80", "1")], Find());
        _variables["CUDA_VISIBLE_DEVICES"] = "GPU-8932f937";
        Assert.Equal([new("nvidia", "GPU-8932f937")], Find());
        _variables["CUDA_VISIBLE_DEVICES"] = "";
        Assert.Empty(Find());
    }

    [Fact]
    public void Find_AmdDriver_PassesProcessorsOver()
    {
        _root.Write("dev/kfd", "");
        _root.Write("sys/class/kfd/kfd/topology/nodes/0/gpu_id", "0\n");
        _root.Write("sys/class/kfd/kfd/topology/nodes/1/gpu_id", "53299\n");
        _root.Write("sys/class/kfd/kfd/topology/nodes/2/gpu_id", "1234\n");
        Assert.Equal([new("amd", "0"), new("amd", "1")], Find());
        _variables["ROCR_VISIBLE_DEVICES"] = "0";
        Assert.Equal([new("amd", "0")], Find());
    }

    [Fact]
    public void ParseNvidiaList_Listing_HasModelsByNumber() => Assert.Equal(
        [new("nvidia-geforce-rtx-3090", "0"), new("nvidia-tesla-k80", "1")],
        AcceleratorDetection.ParseNvidiaList("GPU 0: NVIDIA GeForce RTX 3090 (UUID: GPU-1)\nGPU 1: Tesla K80 (UUID: GPU-2)\n"));

    [Fact]
    public void Find_OnlyTheTool_AsksIt()
    {
        _root.Write("bin/nvidia-smi", "#!/bin/sh\n[ \"$1\" = -L ] && echo 'GPU 0: Tesla K80 (UUID: GPU-2)'\n");
        FileModes.Set(_root["bin/nvidia-smi"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _variables["PATH"] = _root["bin"];
        Assert.Equal([new("nvidia-tesla-k80", "0")], Find());
    }

    public void Dispose() => _root.Dispose();

    private IReadOnlyList<Accelerator> Find() => new AcceleratorDetection(_root.Path, _variables.GetValueOrDefault).Find();

    private void AddNvidia(string place, string model) =>
        _root.Write($"proc/driver/nvidia/gpus/{place}/information", $"Model: \t\t {model}\nIRQ:   \t\t 66\n");
}
