using System.Globalization;
using Toil.Values;

namespace Toil.Jobs;

/// <summary>The parts of a request that are promises.</summary>
internal sealed class PromisedRequest
{
    private readonly SortedDictionary<RequestPart, PromisedRequirement> _parts = [];

    public PromisedRequirement this[RequestPart part]
    {
        set => _parts[part] = value;
    }

    public IEnumerable<Promise> Promises => _parts.Values.Select(part => part.Promise);

    public IEnumerable<Job> Functions => _parts.Values.Select(part => part.Function).OfType<Job>();

    public UnboundValue Encode() => ClrValues.Encode(_parts.ToDictionary(part => part.Key.ToString(), part => (object?)part.Value.Promise));

    /// <summary>A request with the promised parts filled in.</summary>
    /// <exception cref="ToilException">A value isn't one that its part takes; the message names both.</exception>
    public static ResourceRequest Resolve(ResourceRequest request, EncodedValue resolved)
    {
        foreach (var (name, value) in (OrderedDictionary<string, object?>)ValueReader.Read(resolved)!)
        {
            request = Enum.Parse<RequestPart>(name) switch
            {
                RequestPart.Cores => request with { Cores = Positive(Convert<double>(name, value), value) },
                RequestPart.Memory => request with { Memory = Convert<ByteSize>(name, value) },
                RequestPart.Disk => request with { Disk = Convert<ByteSize>(name, value) },
                RequestPart.Preemptible => request with { Preemptible = Convert<bool>(name, value) },
                RequestPart.Accelerators => request with { Accelerators = ParseAccelerators(value) },
                _ => throw new InvalidDataException($"There is no part '{name}' of a request."),
            };
        }

        return request;
    }

    private static double Positive(double cores, object? value) =>
        cores > 0 && double.IsFinite(cores) ? cores : throw new ToilException($"The promised cores are {value}, but must be more than 0.");

    private static AcceleratorRequest ParseAccelerators(object? value) =>
        AcceleratorRequest.TryParse(System.Convert.ToString(value, CultureInfo.InvariantCulture), out var accelerators) && value is not null
            ? accelerators
            : throw new ToilException($"The promised accelerators are {(value is null ? "null" : $"'{value}'")}. Let the promise be a count, or types with counts such as nvidia:2.");

    private static T Convert<T>(string name, object? value)
    {
        try
        {
            return value is null ? throw new InvalidCastException() : (T)ClrValues.Convert(value, typeof(T))!;
        }
        catch (Exception error) when (error is ToilException or FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            throw new ToilException($"The promised {name.ToLowerInvariant()} are {(value is null ? "null" : $"'{value}'")}, which isn't a {typeof(T).Name}. Let the promise be a number, or a size such as 2G.", error);
        }
    }
}
