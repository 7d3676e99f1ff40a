/a/.test('cat') //=> true
/^a.c$/.test('a\nc') //=> false
/^a.c$/s.test('a\nc') //=> true
/^b$/m.test('a\nb\nc') //=> true
/^b$/.test('a\nb\n') //=> false
/b$/.test('ab\n') //=> false
/B/i.test('abc') //=> true
/É/i.test('é') //=> true
/\d+/.exec('ab123').index //=> 2
var r = /\d/g; var s = 'a1b2'; [r.exec(s)[0], r.lastIndex, r.exec(s)[0], r.exec(s), r.lastIndex] //=> ["1",2,"2",null,0]
var r = /a/y; [r.test('ba'), r.lastIndex, (r.lastIndex = 1, r.test('ba')), r.lastIndex] //=> [false,0,true,2]
/(\d+)-(?<name>\w+)/.exec('x12-ab').groups.name //=> "ab"
/(a)|(b)/.exec('b') //=> ["b",null,"b"]
/(?:a|ab)(?:c|bcd)(?:d*)/.exec('abcd')[0] //=> "abcd"
/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac')[0] //=> "zaacbbbcac"
/(a*)*/.exec('b')[0] //=> ""
/a{2,3}/.exec('aaaa')[0] //=> "aaa"
/a{2,3}?/.exec('aaaa')[0] //=> "aa"
/a{,3}/.test('a{,3}') //=> true
/x{1/.test('x{1') //=> true
/[\w-]+/.exec('foo-bar!')[0] //=> "foo-bar"
/[^]/.test('\n') && !/[]/.test('a') //=> true
/[\]\-\\]/.test(']') //=> true
/[a-z&&[^b]]/.test('b]') //=> true
/[[a]/.test('[') //=> true
/\bfoo\b/.test('a foo b') //=> true
/\bé/.test('é') //=> false
/\w/.test('é') || /\d/.test('٣') //=> false
/\s/.test('\ufeff') && /\s/.test('\u00a0') && !/\s/.test('\u200b') //=> true
/(?=a)b|(?!a)c/.test('c') //=> true
/(?<=\$)\d+/.exec('cost $42')[0] //=> "42"
/(?<!\$)\b\d+/.exec('$42 17')[0] //=> "17"
/(\w)\1/.exec('hello')[0] //=> "ll"
/(?<c>.)\k<c>/.exec('abccd')[0] //=> "cc"
/\1(a)/.exec('aa')[0] //=> "a"
/(?:(a)|b)\1/.exec('b')[0] //=> "b"
/\u0041\x42\cJ/.test('AB\n') //=> true
/\u{1F600}/u.test('😀') //=> true
/^.$/u.test('😀') && !/^.$/.test('😀') //=> true
/[😀]/u.test('😀') //=> true
/[\u{1F600}-\u{1F64F}]/u.test('😃') //=> true
/^[^x]$/u.test('😀') //=> true
/\p{Lu}/u.test('É') && /\P{L}/u.test('1') //=> true
/\p{Script=Greek}/u.test('α') //=> true
/\//.source + /[/]/.source + String(/a\/b/gi) //=> "\\/[/]/a\\/b/gi"
new RegExp('/').source + new RegExp('').source //=> "\\/(?:)"
new RegExp('a+', 'g').flags //=> "g"
new RegExp(/x/gi, 'm').flags //=> "m"
RegExp('[') //=> throws SyntaxError
RegExp('a**') //=> throws SyntaxError
RegExp('(') //=> throws SyntaxError
RegExp('a', 'gg') //=> throws SyntaxError
RegExp('a', 'x') //=> throws SyntaxError
/a/gimsuy.flags //=> "gimsuy"
RegExp('(?<a>x)(?<a>y)') //=> throws SyntaxError
RegExp('(?i)a') //=> throws SyntaxError
RegExp('\\', '') //=> throws SyntaxError
'x'.replace(/x/, '$&$&') //=> "xx"
'aBC'.replace(/[A-Z]/g, c => '_' + c.toLowerCase()) //=> "a_b_c"
'2020-01-02'.replace(/(\d+)-(\d+)-(\d+)/, '$3/$2/$1') //=> "02/01/2020"
'abc'.replace(/(?<x>b)/, '<$<x>>') //=> "a<b>c"
'aaa'.lastIndexOf('a') + /a/.lastIndex //=> 2
var r = /a/g; r.lastIndex = 5; [r.test('aaa'), r.lastIndex] //=> [false,0]
'one two'.match(/(?<first>\w+)\s(?<second>\w+)/).groups //=> {"first":"one","second":"two"}
/a|ab/.exec('abc')[0] //=> "a"
/((a)|(ab))((c)|(bc))/.exec('abc') //=> ["abc","a","a",null,"bc",null,"bc"]
/a[a-z]{2,4}?/.exec('abcdefghi')[0] //=> "abc"
/(aa|aabaac|ba|b|c)*/.exec('aabaac')[0] //=> "aaba"
/(?=(a+))a*b\1/.exec('baaabac') //=> ["aba","a"]
/(.*?)a(?!(a+)b\2c)\2(.*)/.exec('baaabaac') //=> ["baaabaac","ba",null,"abaac"]
/[^\d\s]+/.exec('12 ab')[0] //=> "ab"
/[\d\-x]+/.exec('a1-x2')[0] //=> "1-x2"
/\.fastq(\.gz)?$/.test('s.fastq.gz') //=> true
'sample_R1_001.fastq'.match(/^(.+)_R([12])_(\d{3})\.fastq$/).slice(1) //=> ["sample","1","001"]
'key=value; k2=v2'.split(/;\s*/).map(p => p.split('=')) //=> [["key","value"],["k2","v2"]]
/\0/.test('\0') //=> true
/[\b]/.test('\b') //=> true
/\8/.test('8') //=> true
/\a\e/.test('ae') //=> true
/a$b/.test('a$b') //=> false
/^^a/.test('a') //=> true
/(?:)/.test('') //=> true
/a(?=b)*/.test('a') //=> true
/\cA/.test('\x01') //=> true
/[\s\S]*/.exec('a\nb')[0].length //=> 3
/ab+c/gi[Symbol.toStringTag] //=> null
var r = /x/; r.lastIndex = 3; r.exec('x').index //=> 0
'aXbX'.split(/x/i) //=> ["a","b",""]
'test'.match(/t/g).length //=> 2
/[à-ü]/i.test('Ü') //=> true
/ /.test(' ') && /#/.test('#') //=> true
'a\u2028b'.split(/^/m).length //=> 2
/(?<year>\d{4})/d.exec('in 2024').indices[0] //=> [3,7]
'abcabc'.replace(/b/g, (m, off) => off) //=> "a1ca4c"
'\\d'.replace(/\\/g, '/') //=> "/d"
/[.*+?^${}()|[\]\\]/g.test('a.b') //=> true
'a.b*c'.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') //=> "a\\.b\\*c"
