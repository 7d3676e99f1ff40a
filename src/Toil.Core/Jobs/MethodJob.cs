using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Toil.Values;

namespace Toil.Jobs;

/// <summary>Jobs made of C# code: a static method, or a class with <see cref="IJob"/>. Both bind by name, so an edited body takes effect on resume.</summary>
internal static class MethodJob
{
    private const string ClassMarker = "class";

    /// <summary>Engine work takes microseconds: many run beside the user's jobs.</summary>
    private static readonly ResourceRequest InlineRequest = new(Cores: 0.05, Memory: 0L, Disk: 0L);

    /// <summary>What is the same for all jobs of one method: large graphs have few methods.</summary>
    private static readonly ConcurrentDictionary<(MethodInfo Method, Vehicle Vehicle), (Code Code, string Name)> Known = [];

    private static readonly ConcurrentDictionary<Hash128, (Type Type, MethodInfo? Method)> Targets = [];

    public static Job Create(Delegate method, object?[] arguments, Vehicle vehicle)
    {
        RejectCaptures(method);
        var parameters = method.Method.GetParameters().Where(parameter => parameter.ParameterType != typeof(JobContext)).ToList();
        if (arguments.Length > parameters.Count || parameters.Skip(arguments.Length).Any(parameter => !parameter.HasDefaultValue))
        {
            throw new ToilException($"{method.Method.Name} takes {parameters.Count} argument{(parameters.Count == 1 ? "" : "s")} ({string.Join(", ", parameters.Select(parameter => parameter.Name))}); {arguments.Length} were given.");
        }

        var (code, name) = Known.GetOrAdd((method.Method, vehicle), key => (ToCode(key.Method, key.Vehicle), DisplayName(key.Method)));
        return new Job(name, code, arguments.Length == 0 ? UnboundValue.EmptyList : ClrValues.Encode(arguments))
        {
            Request = vehicle == Vehicle.Inline ? InlineRequest : ResourceRequest.Defaults,

            // Looking for the result takes longer than the work.
            NoCallCache = vehicle == Vehicle.Inline,
        };
    }

    /// <summary>A job or a service that is an object.</summary>
    public static Job Create(object body)
    {
        var type = body.GetType();
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new ToilException($"{type.FullName} has no public constructor without parameters, so a worker can't create it. Give it one, and pass what it needs as properties.");
        }

        var properties = type.GetProperties().Where(IsArgument).ToDictionary(property => property.Name, property => property.GetValue(body));
        return new Job(type.Name, new Code(Vehicle.Assembly, "", Encode(type, ClassMarker, "")), ClrValues.Encode(properties));
    }

    /// <summary>Runs the code that <see cref="Create(Delegate, object?[], Vehicle)"/> or <see cref="Create(object)"/> named.</summary>
    public static async Task<object?> RunAsync(Code code, object? arguments, JobContext context)
    {
        var (type, method) = Targets.TryGetValue(code.Id, out var target) ? target : Targets[code.Id] = Find(code, context);
        return method is null
            ? await CreateBody<IJob>(type, (OrderedDictionary<string, object?>)arguments!).RunAsync(context).ConfigureAwait(false)
            : await Unwrap(Invoke(method, BindArguments(method, (List<object?>)arguments!, context))).ConfigureAwait(false);
    }

    /// <summary>The service that <see cref="Create(object)"/> named, with its properties set.</summary>
    public static IService CreateService(Code code, object? arguments, JobContext context)
    {
        var type = (Targets.TryGetValue(code.Id, out var target) ? target : Targets[code.Id] = Find(code, context)).Type;
        return CreateBody<IService>(type, (OrderedDictionary<string, object?>)arguments!);
    }

    /// <returns>The method, or only the type of a job class.</returns>
    private static (Type Type, MethodInfo? Method) Find(Code code, JobContext context)
    {
        var parts = Encoding.UTF8.GetString(code.Content.Span).Split('\n');
        var type = Type.GetType(parts[0], throwOnError: false)
            ?? throw new ToilException($"The type {parts[0]} of job '{context.Name}' isn't in this program. Run it with the program that made the workflow.");
        return (type, parts[1] == ClassMarker ? null : FindMethod(type, parts[1], parts[2], context));
    }

    private static void RejectCaptures(Delegate method)
    {
        var target = method.Target;
        if (!method.Method.IsStatic && target?.GetType().IsDefined(typeof(CompilerGeneratedAttribute)) != true)
        {
            throw new ToilException($"{method.Method.DeclaringType?.Name}.{method.Method.Name} is an instance method. Make it static and pass what it needs as arguments, or make the class a job (IJob).");
        }

        var captured = CapturedNames(target).ToList();
        if (captured.Count > 0)
        {
            throw new ToilException($"The lambda captures {string.Join(", ", captured.Select(name => $"'{name}'"))}, which can't travel to another process. Pass it as an argument: Job.Of((int x) => …, value).");
        }

        if (method.Method.IsGenericMethod)
        {
            throw new ToilException($"{method.Method.Name} is a generic method, which a worker can't find by its name. Call it from a method that isn't generic.");
        }
    }

    /// <summary>The variables in a closure, those of the closures around it included.</summary>
    private static IEnumerable<string> CapturedNames(object? closure) =>
        (closure?.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? []).SelectMany(field =>
            field.Name.StartsWith("CS$<>8__locals", StringComparison.Ordinal) ? CapturedNames(field.GetValue(closure))
            : field.Name.EndsWith("__this", StringComparison.Ordinal) ? ["this"]
            : [field.Name]);

    private static bool IsArgument(PropertyInfo property) => property is { CanRead: true, CanWrite: true } && property.GetIndexParameters().Length == 0;

    private static string DisplayName(MethodInfo method)
    {
        // The compiler calls a local function <Outer>g__Name|0_0 and a lambda <Outer>b__0_0.
        var name = method.Name;
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        return local >= 0 ? name[(local + 4)..].Split('|')[0] : name.StartsWith('<') ? "lambda" : name;
    }

    private static Code ToCode(MethodInfo method, Vehicle vehicle)
    {
        var signature = string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName));
        return new Code(vehicle, "", Encode(method.DeclaringType!, method.Name, signature));
    }

    private static byte[] Encode(Type type, string member, string signature) =>
        Encoding.UTF8.GetBytes($"{type.FullName}, {type.Assembly.GetName().Name}\n{member}\n{signature}");

    private static MethodInfo FindMethod(Type type, string name, string signature, JobContext context)
    {
        var named = type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.Name == name).ToList();
        return named.Find(method => string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName)) == signature)
            ?? (named.Count == 1 ? named[0] : null)
            ?? throw new ToilException($"{type.FullName} has no method {name}({signature}) any more, which job '{context.Name}' runs. Give it back its name, or start the workflow anew.");
    }

    private static object?[] BindArguments(MethodInfo method, List<object?> given, JobContext context)
    {
        var next = 0;
        return [.. method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(JobContext) ? context
            : next < given.Count ? ConvertTo(parameter.ParameterType, given[next++], $"Argument '{parameter.Name}' of {method.Name}")
            : parameter.DefaultValue)];
    }

    private static object? ConvertTo(Type type, object? value, string what)
    {
        try
        {
            return ClrValues.Convert(value, type);
        }
        catch (Exception error) when (error is ToilException or ArgumentException or FormatException or InvalidCastException or OverflowException or JsonException)
        {
            throw new ToilException($"{what}: {error.Message}", error);
        }
    }

    private static T CreateBody<T>(Type type, OrderedDictionary<string, object?> arguments)
        where T : class
    {
        var body = Activator.CreateInstance(type) as T
            ?? throw new ToilException($"{type.FullName} is no {typeof(T).Name} any more, which it was when the workflow started. Make it one again, or start the workflow anew.");
        foreach (var (name, value) in arguments)
        {
            var property = type.GetProperty(name);
            property?.SetValue(body, ConvertTo(property.PropertyType, value, $"Property '{name}' of {type.Name}"));
        }

        return body;
    }

    private static object? Invoke(MethodInfo method, object?[] arguments)
    {
        var target = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!, nonPublic: true);
        return method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static async Task<object?> Unwrap(object? result)
    {
        if (AsTask(result) is not { } task)
        {
            return result;
        }

        await task.ConfigureAwait(false);
        var type = task.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)))
        {
            type = type.BaseType;
        }

        return type is not null && type.GetGenericArguments()[0].Name != "VoidTaskResult"
            ? type.GetProperty(nameof(Task<object>.Result))!.GetValue(task)
            : null;
    }

    private static Task? AsTask(object? result) => result switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        not null when result.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
            (Task)type.GetMethod(nameof(ValueTask<object>.AsTask))!.Invoke(result, null)!,
        _ => null,
    };
}
