namespace Toil.JavaScript.BuiltIns;

internal sealed class JsDate(JsObject prototype, double time) : JsObject(prototype)
{
    public override string ClassName => "Date";

    /// <summary>Milliseconds since 1970 in UTC; NaN for an invalid date.</summary>
    public double Time { get; set; } = time;
}

internal static class DateBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        var type = realm.Constructor("Date", 7, prototype, static (_, _, _) => Describe(Now()), static (r, a, target) =>
            new JsDate(target.Get("prototype").Object ?? r.DatePrototype, Construct(a)));
        realm.Method(type, "now", 0, static (_, _, _) => Now());
        realm.Method(type, "parse", 1, static (_, _, a) => DateText.Parse(Js.ToString(a.At(0))));
        realm.Method(type, "UTC", 7, static (_, _, a) => DateMath.Clip(FromParts(a)));
        FillTexts(realm, prototype);
        FillGetters(realm, prototype);
        FillSetters(realm, prototype);
        prototype.Put(JsSymbol.ToPrimitive, realm.Function("[Symbol.toPrimitive]", 1, static (r, self, a) =>
            a.At(0).IsString && a[0].Text == "number" ? This(self).Time : ObjectBuiltIns.Call(r, self, "toString")), PropertyFlags.Configurable);
    }

    private static JsDate This(JsValue self) => self.Ref as JsDate ?? throw Errors.Type("this is not a Date object.");

    private static double Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static string Describe(double time) =>
        double.IsNaN(time) ? "Invalid Date" : $"{DateText.Date(DateMath.ToLocal(time))} {DateText.TimeOfDay(time)}";

    private static double Construct(JsValue[] arguments)
    {
        if (arguments.Length == 0)
        {
            return Now();
        }
        if (arguments.Length > 1)
        {
            return DateMath.Clip(DateMath.ToUtc(FromParts(arguments)));
        }
        if (arguments[0].Ref is JsDate other)
        {
            return other.Time;
        }
        var value = Js.ToPrimitive(arguments[0]);
        return value.IsString ? DateText.Parse(value.Text) : DateMath.Clip(Js.ToNumber(value));
    }

    private static double FromParts(JsValue[] arguments)
    {
        double Part(int index, double otherwise) => index < arguments.Length ? Whole(Js.ToNumber(arguments[index])) : otherwise;
        var year = Part(0, double.NaN);
        year = year is >= 0 and <= 99 ? 1900 + year : year;
        return Combine(year, Part(1, 0), Part(2, 1), DateMath.Time(Part(3, 0), Part(4, 0), Part(5, 0), Part(6, 0)));
    }

    private static double Whole(double number) => double.IsFinite(number) ? Math.Truncate(number) : double.NaN;

    private static double Combine(double year, double month, double day, double inDay) =>
        double.IsNaN(year + month + day + inDay) || Math.Abs(year) > 400_000 || Math.Abs(month) > 1e8 || Math.Abs(day) > 1e10
            ? double.NaN
            : (DateMath.Days(year, month, day) * DateMath.MillisecondsPerDay) + inDay;

    private static void FillTexts(Realm realm, JsObject prototype)
    {
        void Add(string name, Func<double, string> format) =>
            realm.Method(prototype, name, 0, (_, self, _) => This(self).Time is var time && double.IsNaN(time) ? "Invalid Date" : format(time));
        Add("toString", Describe);
        Add("toDateString", static t => DateText.Date(DateMath.ToLocal(t)));
        Add("toTimeString", DateText.TimeOfDay);
        Add("toUTCString", DateText.Utc);
        Add("toGMTString", DateText.Utc);
        Add("toLocaleString", static t => $"{DateText.LocaleDate(DateMath.ToLocal(t))}, {DateText.LocaleTime(DateMath.ToLocal(t))}");
        Add("toLocaleDateString", static t => DateText.LocaleDate(DateMath.ToLocal(t)));
        Add("toLocaleTimeString", static t => DateText.LocaleTime(DateMath.ToLocal(t)));
        realm.Method(prototype, "toISOString", 0, static (_, self, _) =>
            double.IsNaN(This(self).Time) ? throw Errors.Range("Invalid time value") : DateText.Iso(This(self).Time));
        realm.Method(prototype, "toJSON", 1, static (r, self, _) =>
            self.Ref is JsDate date && double.IsNaN(date.Time) ? JsValue.Null : ObjectBuiltIns.Call(r, self, "toISOString"));
    }

    private static void FillGetters(Realm realm, JsObject prototype)
    {
        void Add(string name, Func<double, double> get)
        {
            realm.Method(prototype, "get" + name, 0, (_, self, _) => Get(This(self).Time, DateMath.ToLocal, get));
            realm.Method(prototype, "getUTC" + name, 0, (_, self, _) => Get(This(self).Time, static t => t, get));
        }
        Add("FullYear", static t => DateMath.Civil(t).Year);
        Add("Month", static t => DateMath.Civil(t).Month);
        Add("Date", static t => DateMath.Civil(t).Day);
        Add("Day", static t => DateMath.WeekDay(t));
        Add("Hours", static t => Math.Floor(DateMath.TimeInDay(t) / 3_600_000));
        Add("Minutes", static t => Math.Floor(DateMath.TimeInDay(t) / 60_000) % 60);
        Add("Seconds", static t => Math.Floor(DateMath.TimeInDay(t) / 1000) % 60);
        Add("Milliseconds", static t => DateMath.TimeInDay(t) % 1000);
        realm.Method(prototype, "getYear", 0, static (_, self, _) => Get(This(self).Time, DateMath.ToLocal, static t => DateMath.Civil(t).Year - 1900));
        realm.Method(prototype, "getTime", 0, static (_, self, _) => This(self).Time);
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => This(self).Time);
        realm.Method(prototype, "getTimezoneOffset", 0, static (_, self, _) =>
            double.IsNaN(This(self).Time) ? double.NaN : (-DateMath.Offset(This(self).Time) / 60_000) + 0.0);
    }

    private static double Get(double time, Func<double, double> toZone, Func<double, double> get) => double.IsNaN(time) ? double.NaN : get(toZone(time));

    private static void FillSetters(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "setTime", 1, static (_, self, a) => This(self).Time = DateMath.Clip(Js.ToNumber(a.At(0))));
        // Each setter takes its part and those after it.
        string[] names = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"];
        for (var i = 0; i < names.Length; i++)
        {
            var first = i;
            var most = first < 3 ? 3 - first : 7 - first;
            realm.Method(prototype, "set" + names[i], most, (_, self, a) => SetParts(This(self), a, first, most, isLocal: true));
            realm.Method(prototype, "setUTC" + names[i], most, (_, self, a) => SetParts(This(self), a, first, most, isLocal: false));
        }
    }

    private static JsValue SetParts(JsDate date, JsValue[] arguments, int first, int most, bool isLocal)
    {
        var time = double.IsNaN(date.Time) && first == 0 ? 0 : date.Time;
        if (double.IsNaN(time))
        {
            return double.NaN;
        }
        time = isLocal ? DateMath.ToLocal(time) : time;
        var (year, month, day) = DateMath.Civil(time);
        var inDay = DateMath.TimeInDay(time);
        double[] parts = [year, month, day, Math.Floor(inDay / 3_600_000), Math.Floor(inDay / 60_000) % 60, Math.Floor(inDay / 1000) % 60, inDay % 1000];
        for (var i = 0; i < Math.Max(1, Math.Min(most, arguments.Length)); i++)
        {
            parts[first + i] = Whole(Js.ToNumber(arguments.At(i)));
        }
        var changed = Combine(parts[0], parts[1], parts[2], DateMath.Time(parts[3], parts[4], parts[5], parts[6]));
        return date.Time = DateMath.Clip(isLocal ? DateMath.ToUtc(changed) : changed);
    }
}
