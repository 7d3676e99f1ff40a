using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Toil.BatchSystems;

/// <summary>Finds the accelerators of this machine that the workflow may use.</summary>
/// <param name="root">The root of the file system.</param>
/// <param name="environment">Looks a variable up.</param>
internal sealed partial class AcceleratorDetection(string root, Func<string, string?> environment)
{
    /// <summary>Says what there is, as a request does, where it can't be found out; 0 for nothing.</summary>
    public const string OverrideVariable = "TOIL_ACCELERATORS";

    private static readonly TimeSpan ToolTimeout = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Accelerator> OfThisMachine() => new AcceleratorDetection("/", Environment.GetEnvironmentVariable).Find();

    /// <exception cref="ToilException">The override isn't valid.</exception>
    public IReadOnlyList<Accelerator> Find()
    {
        if (environment(OverrideVariable) is { Length: > 0 } said)
        {
            return AcceleratorRequest.TryParse(said, out var request)
                ? Number(request)
                : throw new ToilException($"{OverrideVariable} is '{said}'. Let it be models with counts, such as nvidia-tesla-k80:2,amd:1, or 0.");
        }

        return
        [
            .. Allowed(FindNvidia(), "nvidia", environment("CUDA_VISIBLE_DEVICES")),
            .. Allowed(FindAmd(), "amd", environment("ROCR_VISIBLE_DEVICES")),
        ];
    }

    /// <summary>The models of a listing by nvidia-smi, by number.</summary>
    public static List<Accelerator> ParseNvidiaList(string listing) =>
        [.. ListLine().Matches(listing).Select(line => new Accelerator(NvidiaModel(line.Groups[2].Value), line.Groups[1].Value))];

    private List<Accelerator> FindNvidia()
    {
        var driver = Path.Combine(root, "proc/driver/nvidia/gpus");
        if (!Directory.Exists(driver))
        {
            return environment("PATH") is { } path && FindTool(path) is { } tool ? ParseNvidiaList(RunTool(tool)) : [];
        }

        // Named by their place on the bus, which is how CUDA_DEVICE_ORDER=PCI_BUS_ID counts them.
        return [.. Directory.EnumerateDirectories(driver).Order(StringComparer.Ordinal).Select((directory, number) =>
            new Accelerator(NvidiaModel(ModelLine().Match(Read(Path.Combine(directory, "information"))).Groups[1].Value), Text(number)))];
    }

    /// <summary>The kernel lists processors among them; those have no GPU id.</summary>
    private List<Accelerator> FindAmd()
    {
        var nodes = Path.Combine(root, "sys/class/kfd/kfd/topology/nodes");
        return !File.Exists(Path.Combine(root, "dev/kfd")) || !Directory.Exists(nodes)
            ? []
            : [.. Directory.EnumerateDirectories(nodes).Where(node => Read(Path.Combine(node, "gpu_id")).Trim() is { Length: > 0 } and not "0")
                .Select((_, number) => new Accelerator("amd", Text(number)))];
    }

    /// <summary>A scheduler, or the user, may have left us only some: their variable lists numbers or UUIDs, up to the first that is neither.</summary>
    private static IEnumerable<Accelerator> Allowed(List<Accelerator> found, string maker, string? visible) => visible is null
        ? found
        : visible.Split(',', StringSplitOptions.TrimEntries)
            .TakeWhile(id => found.Exists(device => device.Id == id) || id.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) || id.StartsWith("MIG-", StringComparison.OrdinalIgnoreCase))
            .Select(id => found.Find(device => device.Id == id) ?? new Accelerator(maker, id));

    /// <summary>Each maker's devices have numbers of their own.</summary>
    private static List<Accelerator> Number(AcceleratorRequest request)
    {
        var devices = request.Items.SelectMany(item => Enumerable.Repeat(item.Type, item.Count)).ToList();
        return [.. devices.GroupBy(model => model.StartsWith("amd", StringComparison.Ordinal)).SelectMany(maker => maker.Select((model, number) => new Accelerator(model, Text(number))))];
    }

    private static string NvidiaModel(string name)
    {
        var words = name.Trim().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "nvidia");
        return string.Join('-', words.Prepend("nvidia"));
    }

    private static string? FindTool(string path) =>
        path.Split(':').Where(directory => directory.Length > 0).Select(directory => Path.Combine(directory, "nvidia-smi")).FirstOrDefault(File.Exists);

    private static string RunTool(string tool)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, ["-L"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(ToolTimeout))
            {
                return output.Result;
            }

            process.Kill();
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            // Installed, but not for this machine.
        }

        return "";
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^GPU (\d+): (.+?)(?: \(UUID.*)?$", RegexOptions.Multiline)]
    private static partial Regex ListLine();

    [GeneratedRegex(@"^Model:\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex ModelLine();
}
