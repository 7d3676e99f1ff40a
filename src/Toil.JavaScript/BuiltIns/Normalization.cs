using System.Text;

namespace Toil.JavaScript.BuiltIns;

/// <summary>
/// The Unicode normalization forms for Latin, Greek, Cyrillic and Korean letters and the common compatibility forms;
/// the runtime's own need tables that aren't installed with it.
/// </summary>
internal static class Normalization
{
    private const int HangulFirst = 0xac00;
    private const int HangulCount = 11172;

    /// <summary>By mark: each composed letter, then the letter without the mark.</summary>
    private static readonly (char Mark, string Pairs)[] Table =
    [
        ('\u0300', "ÀAÈEÌIÒOÙUàaèeìiòoùuǛÜǜüǸNǹnЀЕЍИѐеѝиḔĒḕēṐŌṑōẀWẁwẦÂầâẰĂằăỀÊềêỒÔồôỜƠờơỪƯừưỲYỳyἂἀἃἁἊἈἋἉἒἐἓἑἚἘἛἙἢἠἣἡἪἨἫἩἲἰἳἱἺἸἻἹὂὀὃὁὊὈὋὉὒὐὓὑ"),
        ('\u0300', "ὛὙὢὠὣὡὪὨὫὩὰαὲεὴηὶιὸοὺυὼωᾺΑῈΕῊΗ῍᾿ῒϊῚΙ῝῾ῢϋῪΥ῭¨ῸΟῺΩ"),
        ('\u0301', "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǗÜǘüǴGǵgǺÅǻåǼÆǽæǾØǿø΅¨ΆΑΈΕΉΗΊΙΌΟΎΥΏΩΐϊάαέεήηίιΰϋόούυώωϓϒЃГЌКѓгќкḈÇḉçḖĒḗē"),
        ('\u0301', "ḮÏḯïḰKḱkḾMḿmṌÕṍõṒŌṓōṔPṕpṸŨṹũẂWẃwẤÂấâẮĂắăẾÊếêỐÔốôỚƠớơỨƯứưἄἀἅἁἌἈἍἉἔἐἕἑἜἘἝἙἤἠἥἡἬἨἭἩἴἰἵἱἼἸἽἹὄὀὅὁὌὈὍὉὔὐὕὑὝὙὤὠὥὡὬὨὭὩ῎᾿῞῾"),
        ('\u0302', "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷyẐZẑzẬẠậạỆẸệẹỘỌộọ"),
        ('\u0303', "ÃAÑNÕOãañnõoĨIĩiŨUũuṼVṽvẪÂẫâẴĂẵăẼEẽeỄÊễêỖÔỗôỠƠỡơỮƯữưỸYỹy"),
        ('\u0304', "ĀAāaĒEēeĪIīiŌOōoŪUūuǕÜǖüǞÄǟäǠȦǡȧǢÆǣæǬǪǭǫȪÖȫöȬÕȭõȰȮȱȯȲYȳyӢИӣиӮУӯуḠGḡgḸḶḹḷṜṚṝṛᾱαᾹΑῑιῙΙῡυῩΥ"),
        ('\u0306', "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuЎУЙИйиўуӁЖӂжӐАӑаӖЕӗеḜȨḝȩẶẠặạᾰαᾸΑῐιῘΙῠυῨΥ"),
        ('\u0307', "ĊCċcĖEėeĠGġgİIŻZżzȦAȧaȮOȯoḂBḃbḊDḋdḞFḟfḢHḣhṀMṁmṄNṅnṖPṗpṘRṙrṠSṡsṤŚṥśṦŠṧšṨṢṩṣṪTṫtẆWẇwẊXẋxẎYẏyẛſ"),
        ('\u0308', "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYΪΙΫΥϊιϋυϔϒЁЕЇІёеїіӒАӓаӚӘӛәӜЖӝжӞЗӟзӤИӥиӦОӧоӪӨӫөӬЭӭэӰУӱуӴЧӵчӸЫӹыḦHḧhṎÕṏõṺŪṻūẄWẅwẌXẍxẗt"),
        ('\u0309', "ẢAảaẨÂẩâẲĂẳăẺEẻeỂÊểêỈIỉiỎOỏoỔÔổôỞƠởơỦUủuỬƯửưỶYỷy"),
        ('\u030a', "ÅAåaŮUůuẘwẙy"),
        ('\u030b', "ŐOőoŰUűuӲУӳу"),
        ('\u030c', "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǙÜǚüǦGǧgǨKǩkǮƷǯʒǰjȞHȟh"),
        ('\u030f', "ȀAȁaȄEȅeȈIȉiȌOȍoȐRȑrȔUȕuѶѴѷѵ"),
        ('\u0311', "ȂAȃaȆEȇeȊIȋiȎOȏoȒRȓrȖUȗu"),
        ('\u0313', "ἀαἈΑἐεἘΕἠηἨΗἰιἸΙὀοὈΟὐυὠωὨΩῤρ"),
        ('\u0314', "ἁαἉΑἑεἙΕἡηἩΗἱιἹΙὁοὉΟὑυὙΥὡωὩΩῥρῬΡ"),
        ('\u031b', "ƠOơoƯUưu"),
        ('\u0323', "ḄBḅbḌDḍdḤHḥhḲKḳkḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭtṾVṿvẈWẉwẒZẓzẠAạaẸEẹeỊIịiỌOọoỢƠợơỤUụuỰƯựưỴYỵy"),
        ('\u0324', "ṲUṳu"),
        ('\u0325', "ḀAḁa"),
        ('\u0326', "ȘSșsȚTțt"),
        ('\u0327', "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȨEȩeḐDḑdḨHḩh"),
        ('\u0328', "ĄAąaĘEęeĮIįiŲUųuǪOǫo"),
        ('\u032d', "ḒDḓdḘEḙeḼLḽlṊNṋnṰTṱtṶUṷu"),
        ('\u032e', "ḪHḫh"),
        ('\u0330', "ḚEḛeḬIḭiṴUṵu"),
        ('\u0331', "ḆBḇbḎDḏdḴKḵkḺLḻlṈNṉnṞRṟrṮTṯtẔZẕzẖh"),
        ('\u0342', "ἆἀἇἁἎἈἏἉἦἠἧἡἮἨἯἩἶἰἷἱἾἸἿἹὖὐὗὑὟὙὦὠὧὡὮὨὯὩᾶα῁¨ῆη῏᾿ῖιῗϊ῟῾ῦυῧϋῶω"),
        ('\u0345', "ᾀἀᾁἁᾂἂᾃἃᾄἄᾅἅᾆἆᾇἇᾈἈᾉἉᾊἊᾋἋᾌἌᾍἍᾎἎᾏἏᾐἠᾑἡᾒἢᾓἣᾔἤᾕἥᾖἦᾗἧᾘἨᾙἩᾚἪᾛἫᾜἬᾝἭᾞἮᾟἯᾠὠᾡὡᾢὢᾣὣᾤὤᾥὥᾦὦᾧὧᾨὨᾩὩᾪὪᾫὫᾬὬᾭὭᾮὮᾯὯᾲὰᾳαᾴάᾷᾶᾼΑῂὴῃηῄήῇῆῌΗῲὼῳω"),
        ('\u0345', "ῴώῷῶῼΩ"),
    ];

    private static readonly Lazy<Dictionary<char, (char Letter, char Mark)>> Decomposed = new(static () =>
        Table.SelectMany(static row => row.Pairs.Chunk(2).Select(pair => (pair, row.Mark)))
            .ToDictionary(static e => e.pair[0], static e => (e.pair[1], e.Mark)));

    private static readonly Lazy<Dictionary<(char Letter, char Mark), char>> Composed = new(static () =>
        Decomposed.Value.ToDictionary(static e => e.Value, static e => e.Key));

    public static string Decompose(string text, bool compatible = false)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }
        var result = new StringBuilder(text.Length * 2);
        foreach (var c in text)
        {
            foreach (var part in compatible ? Plain(c) : c.ToString())
            {
                Append(result, part);
            }
        }
        return result.ToString();
    }

    public static string Compose(string text, bool compatible = false)
    {
        var result = new StringBuilder(text.Length);
        var starter = -1;
        var lastClass = 0;
        foreach (var c in Decompose(text, compatible))
        {
            var markClass = ClassOf(c);
            if (starter >= 0 && (markClass == 0 ? starter == result.Length - 1 : markClass > lastClass || starter == result.Length - 1)
                && Join(result[starter], c) is { } joined)
            {
                result[starter] = joined;
                continue;
            }
            starter = markClass == 0 ? result.Length : starter;
            lastClass = markClass;
            result.Append(c);
        }
        return result.ToString();
    }

    private static void Append(StringBuilder result, char c)
    {
        if (c is >= (char)HangulFirst and < (char)(HangulFirst + HangulCount))
        {
            var index = c - HangulFirst;
            result.Append((char)(0x1100 + (index / 588))).Append((char)(0x1161 + (index % 588 / 28)));
            if (index % 28 != 0)
            {
                result.Append((char)(0x11a7 + (index % 28)));
            }
            return;
        }
        if (c >= 0xc0 && Decomposed.Value.TryGetValue(c, out var parts))
        {
            Append(result, parts.Letter);
            c = parts.Mark;
        }
        // Marks on one letter stand in the order of their classes.
        var at = result.Length;
        for (var own = ClassOf(c); own > 0 && at > 0 && ClassOf(result[at - 1]) > own;)
        {
            at--;
        }
        result.Insert(at, c);
    }

    private static char? Join(char letter, char mark)
    {
        if (letter is >= '\u1100' and < '\u1113' && mark is >= '\u1161' and < '\u1176')
        {
            return (char)(HangulFirst + ((((letter - 0x1100) * 21) + mark - 0x1161) * 28));
        }
        if (letter is >= (char)HangulFirst and < (char)(HangulFirst + HangulCount) && (letter - HangulFirst) % 28 == 0 && mark is > '\u11a7' and < '\u11c3')
        {
            return (char)(letter + mark - 0x11a7);
        }
        return Composed.Value.TryGetValue((letter, mark), out var joined) ? joined : null;
    }

    private static int ClassOf(char c) => c switch
    {
        < '\u0300' or > '\u036f' => 0,
        '\u0327' or '\u0328' => 202,
        '\u031b' => 216,
        '\u0345' => 240,
        (>= '\u0316' and <= '\u0319') or (>= '\u031c' and <= '\u0320') or (>= '\u0323' and <= '\u0326') or (>= '\u0329' and <= '\u0333') => 220,
        >= '\u0334' and <= '\u0338' => 1,
        _ => 230,
    };

    private static string Plain(char c) => c switch
    {
        >= '\uff01' and <= '\uff5e' => ((char)(c - 0xff01 + 0x21)).ToString(),
        '\u00a0' or '\u3000' or (>= '\u2002' and <= '\u200a') or '\u202f' or '\u205f' => " ",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' or 'ﬆ' => "st",
        '\u00aa' => "a",
        '\u00ba' => "o",
        '\u00b5' => "μ",
        '\u00b2' or '\u00b3' => ((char)(c - 0x80)).ToString(),
        '\u00b9' => "1",
        '\u2070' or (>= '\u2074' and <= '\u2079') => ((char)(c - 0x2040)).ToString(),
        >= '\u2080' and <= '\u2089' => ((char)(c - 0x2050)).ToString(),
        '\u2026' => "...",
        '\u2122' => "TM",
        '\u2126' => "Ω",
        _ => c.ToString(),
    };
}
