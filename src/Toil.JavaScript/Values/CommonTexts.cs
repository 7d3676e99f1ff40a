using System.Globalization;

namespace Toil.JavaScript.Values;

/// <summary>Strings that scripts make over and over.</summary>
internal static class CommonTexts
{
    public const int Count = 256;

    public static readonly string[] Ascii = MakeAscii();

    public static readonly PropertyKey[] Indexes = MakeIndexes();

    private static string[] MakeAscii()
    {
        var texts = new string[128];
        for (var c = 0; c < texts.Length; c++)
        {
            texts[c] = ((char)c).ToString();
        }
        return texts;
    }

    private static PropertyKey[] MakeIndexes()
    {
        var keys = new PropertyKey[Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = i.ToString(CultureInfo.InvariantCulture);
        }
        return keys;
    }
}
