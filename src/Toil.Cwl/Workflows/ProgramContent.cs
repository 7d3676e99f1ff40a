using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Toil.Values;

namespace Toil.Cwl.Workflows;

/// <summary>What a program's file holds.</summary>
/// <param name="Bundle">The documents.</param>
/// <param name="Options">How its tools are run.</param>
/// <param name="Imported">The Files and Directories that defaults name, as they are in the job store, by location.</param>
/// <param name="Written">The documents that state requirements beside those.</param>
internal sealed record ProgramContent(DocumentBundle Bundle, ToolOptions Options, OrderedDictionary<string, object?> Imported, IReadOnlyList<WrittenRequirements> Written)
{
    public byte[] Encode()
    {
        var map = new OrderedDictionary<string, object?>
        {
            ["bundle"] = Bundle.Encode(),
            ["options"] = ToolOptionsMap.Of(Options),
            ["imported"] = Imported,
            ["written"] = Written.SelectMany(one => new object[] { one.Uri, one.Text.ToArray() }).ToList(),
        };
        return ClrValues.Encode(map).Body.ToArray();
    }

    public static ProgramContent Decode(byte[] bytes)
    {
        var map = (OrderedDictionary<string, object?>)ValueReader.Read(new EncodedValue(bytes, []))!;
        return new(
            DocumentBundle.Decode((byte[])map["bundle"]!),
            ToolOptionsMap.Read((OrderedDictionary<string, object?>)map["options"]!),
            (OrderedDictionary<string, object?>)map["imported"]!,
            [.. ((List<object?>)map["written"]!).Chunk(2).Select(one => new WrittenRequirements((byte[])one[1]!, (string)one[0]!))]);
    }

    /// <summary>What runs. It was checked when the workflow was started.</summary>
    public async Task<CwlProcess> LoadRootAsync()
    {
        var loaded = await DocumentLoader.LoadAsync(Bundle.Reference, Bundle, new LoadOptions { Strict = false, AllowsJavascript = true }, CancellationToken.None).ConfigureAwait(false);
        return loaded.GetProcess();
    }
}
