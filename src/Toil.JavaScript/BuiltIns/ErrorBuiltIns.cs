namespace Toil.JavaScript.BuiltIns;

/// <summary>An Error, with the place where it was made.</summary>
internal sealed class JsError(JsObject prototype) : JsObject(prototype)
{
    public override string ClassName => "Error";

    public Program? Program { get; init; }

    public int Position { get; init; }
}

internal static class ErrorBuiltIns
{
    private const int FramesInStack = 10;

    public static JsError Create(Realm realm, JsObject prototype, string? message)
    {
        var (program, position) = realm.Where();
        var error = new JsError(prototype) { Program = program, Position = position };
        if (message is not null)
        {
            error.Put("message", message, PropertyFlags.Hidden);
        }
        error.Put("stack", Describe(error) + Stack(realm), PropertyFlags.Hidden);
        return error;
    }

    public static void Fill(Realm realm, JsObject prototype, string kind)
    {
        NativeConstructor construct = kind == "AggregateError"
            ? (r, a, target) => Construct(r, a.At(1), a.At(2), target, kind, a.At(0))
            : (r, a, target) => Construct(r, a.At(0), a.At(1), target, kind, null);
        NativeFunction? self = null;
        var parent = kind == "Error" ? null : realm.ErrorPrototype("Error").Get("constructor").Object;
        self = realm.Constructor(kind, kind == "AggregateError" ? 2 : 1, prototype, (r, _, a) => construct(r, a, self!), construct, parent);
        prototype.Put("name", kind, PropertyFlags.Hidden);
        prototype.Put("message", "", PropertyFlags.Hidden);
        if (kind == "Error")
        {
            realm.Method(prototype, "toString", 0, static (_, self, _) =>
                Describe(self.Object ?? throw Errors.Type("Error.prototype.toString requires that 'this' be a JSReceiver")));
            realm.Method(self, "captureStackTrace", 1, static (r, _, a) =>
            {
                a.At(0).Object?.Put("stack", "Error" + Stack(r), PropertyFlags.Hidden);
                return default;
            });
        }
    }

    /// <summary>name: message.</summary>
    public static string Describe(JsObject error)
    {
        var name = error.Get("name");
        var message = error.Get("message");
        var nameText = name.IsUndefined ? "Error" : Js.ToString(name);
        var messageText = message.IsUndefined ? "" : Js.ToString(message);
        return messageText.Length == 0 ? nameText : nameText.Length == 0 ? messageText : $"{nameText}: {messageText}";
    }

    private static JsError Construct(Realm realm, JsValue message, JsValue options, JsObject target, string kind, JsValue? errors)
    {
        var prototype = target.Get("prototype").Object ?? realm.ErrorPrototype(kind);
        var error = Create(realm, prototype, message.IsUndefined ? null : Js.ToString(message));
        if (options.Object is { } details && details.Has("cause"))
        {
            error.Put("cause", details.Get("cause"), PropertyFlags.Hidden);
        }
        if (errors is { } list)
        {
            error.Put("errors", JsArray.From(realm, Iterations.ToList(realm, list)), PropertyFlags.Hidden);
        }
        return error;
    }

    private static string Stack(Realm realm)
    {
        var text = new System.Text.StringBuilder();
        var frame = realm.Frame;
        for (var i = 0; i < FramesInStack && frame is not null; i++, frame = frame.Caller)
        {
            var (line, column) = frame.Code.Program.Locate(frame.Position);
            var place = $"{frame.Code.Program.Name}:{line}:{column}";
            text.Append("\n    at ").Append(frame.Function is { Name.Length: > 0 } function ? $"{function.Name} ({place})" : place);
        }
        return text.ToString();
    }
}
