'abc'.charAt(1) + 'abc'[2] + 'abc'.charAt(9) //=> "bc"
'abc'.charCodeAt(1) //=> 98
isNaN('abc'.charCodeAt(5)) //=> true
'\u{1F600}'.codePointAt(0) //=> 128512
'\u{1F600}'.length //=> 2
String.fromCharCode(72, 105) //=> "Hi"
String.fromCodePoint(128512) === '\u{1F600}' //=> true
String.fromCodePoint(-1) //=> throws RangeError
'abc'.at(-1) //=> "c"
'a-b-c'.split('-') //=> ["a","b","c"]
'abc'.split('') //=> ["a","b","c"]
'abc'.split() //=> ["abc"]
''.split('') //=> []
''.split(',') //=> [""]
'a,b,c'.split(',', 2) //=> ["a","b"]
'a1b2c3'.split(/\d/) //=> ["a","b","c",""]
'a1b2c3'.split(/(\d)/) //=> ["a","1","b","2","c","3",""]
'abc'.split(/(?:)/) //=> ["a","b","c"]
'ab'.split(/$/) //=> ["ab"]
' a  b '.split(/\s+/) //=> ["","a","b",""]
'abc'.indexOf('c') + 'abc'.indexOf('x') + 'abcabc'.indexOf('a', 1) //=> 4
'abcabc'.lastIndexOf('b') //=> 4
'abcabc'.lastIndexOf('b', 3) //=> 1
'abc'.includes('bc') //=> true
'abc'.startsWith('b', 1) //=> true
'abc'.endsWith('b', 2) //=> true
'abc'.includes(/b/) //=> throws TypeError
'abcdef'.slice(1, -1) + 'abcdef'.slice(-2) //=> "bcdeef"
'abcdef'.substring(4, 1) + 'abcdef'.substring(-1, 2) //=> "bcdab"
'abcdef'.substr(-3, 2) //=> "de"
'abc'.concat(1, null) //=> "abc1null"
'ab'.repeat(3) + 'x'.repeat(0) //=> "ababab"
'ab'.repeat(-1) //=> throws RangeError
'5'.padStart(3, '0') + 'x'.padEnd(4, 'ab') + 'abc'.padStart(2) //=> "005xabaabc"
'  a b '.trim() + '|' + '  a'.trimStart() + '|' + 'a  '.trimEnd() //=> "a b|a|a"
'\ufeff\u00a0a\u2003'.trim() //=> "a"
'aBc'.toUpperCase() + 'aBc'.toLowerCase() //=> "ABCabc"
'straße'.toUpperCase() //=> "STRASSE"
'ΑΣ'.toLowerCase() //=> "ας"
'İ'.toLowerCase().length //=> 2
'a'.localeCompare('b') + 'b'.localeCompare('a') + 'a'.localeCompare('a') //=> 0
['a'.localeCompare('B'), 'a'.localeCompare('A'), 'é'.localeCompare('f'), 'résumé'.localeCompare('resume'), 'a2'.localeCompare('a10'), 'a2'.localeCompare('a10', undefined, {numeric: true}), 'a'.localeCompare('A', undefined, {sensitivity: 'base'})] //=> [-1,-1,-1,1,1,-1,0]
'\u0041\u030a'.normalize() === '\u00c5' //=> true
'\u00c5'.normalize('NFD').length //=> 2
'ﬁ'.normalize('NFKC') //=> "fi"
'a'.normalize('X') //=> throws RangeError
'aaa'.replace('a', 'b') //=> "baa"
'aaa'.replace(/a/g, 'b') //=> "bbb"
'aaa'.replaceAll('a', 'b') //=> "bbb"
'aaa'.replaceAll(/a/, 'b') //=> throws TypeError
'abc'.replace('b', '[$&$`$\'$$]') //=> "a[bac$]c"
'john smith'.replace(/(\w+) (\w+)/, '$2, $1') //=> "smith, john"
'john smith'.replace(/(?<f>\w+) (?<l>\w+)/, '$<l> $<f>') //=> "smith john"
'abc'.replace(/(b)/, (m, g, i, s) => `[${m}${g}${i}${s}]`) //=> "a[bb1abc]c"
'x1y2'.replace(/[a-z](?<d>\d)/g, (...a) => JSON.stringify(a[a.length - 1])) //=> "{\"d\":\"1\"}{\"d\":\"2\"}"
'aaa'.replace(/a/g, (m, i) => i) //=> "012"
'abc'.replace('z', 'x') //=> "abc"
'a.b'.replace('.', '$1') //=> "a$1b"
'abc'.replaceAll('', '-') //=> "-a-b-c-"
'abc'.replace(/(x)?b/, '[$1]') //=> "a[]c"
'abc'.replace(/b/, '$0 $2') //=> "a$0 $2c"
'abc'.replace(/b/, undefined) //=> "aundefinedc"
'abc'.match(/b/).index //=> 1
'abc'.match(/x/) //=> null
'a1b2'.match(/\d/g) //=> ["1","2"]
'a1b2'.match(/[a-z](\d)/) //=> ["a1","1"]
'2024-01-15'.match(/(?<y>\d+)-(?<m>\d+)/).groups.y //=> "2024"
[...'a1b2'.matchAll(/[a-z](\d)/g)].map(m => [m[1], m.index]) //=> [["1",0],["2",2]]
'abc'.matchAll(/b/) //=> throws TypeError
'abc'.search(/c/) + 'abc'.search('z') //=> 1
'abc' < 'abd' //=> true
'a' < 'B' //=> false
'\x41\u0042\103' //=> throws SyntaxError
'\x41\u0042\u{43}\n\t\\\'\"\0'.length //=> 9
'line1\ //=> throws SyntaxError
line2' //=> throws SyntaxError
`multi //=> throws SyntaxError
line ${1 + 1} ${`nested ${'deep'}`}` //=> throws SyntaxError
`\${}` + `$` + `{}` //=> "${}${}"
`a\u{62}\x63` //=> "abc"
'abc'.split('').map(c => c.charCodeAt(0).toString(16)).join(' ') //=> "61 62 63"
[...'👍a'].length //=> 2
'👍'.split('').length //=> 2
'abc'.hasOwnProperty(1) && 'abc'.hasOwnProperty('length') //=> true
new String('ab').length + typeof new String('a') + (new String('a') == 'a') //=> "2objecttrue"
Object.keys(new String('ab')) //=> ["0","1"]
String(null) + String(undefined) + String([1, [2]]) + String({}) + String(Symbol('s')) + String(-0) //=> "nullundefined1,2[object Object]Symbol(s)0"
'a'.toString() === 'a'.valueOf() //=> true
encodeURIComponent('a b&c/d?é😀!\'()*') //=> "a%20b%26c%2Fd%3F%C3%A9%F0%9F%98%80!'()*"
encodeURI('http://x/a b?q=é#f') //=> "http://x/a%20b?q=%C3%A9#f"
decodeURIComponent('a%20b%C3%A9%F0%9F%98%80') //=> "a bé😀"
decodeURI('%2F%20') //=> "%2F "
decodeURIComponent('%E0%A4') //=> throws URIError
encodeURIComponent('\ud800') //=> throws URIError
escape('a b+ü') + unescape('%u0107%20') //=> "a%20b+%FCć "
'%s'.replace('%s', () => '$1') //=> "$1"
'tEST'.charAt(0).toUpperCase() + 'tEST'.slice(1).toLowerCase() //=> "Test"
'camelCaseString'.replace(/([A-Z])/g, ' $1').toLowerCase() //=> "camel case string"
'snake_case_here'.replace(/_(.)/g, (_, c) => c.toUpperCase()) //=> "snakeCaseHere"
'/path/to/sample.R1.fastq.gz'.split('/').pop().replace(/\.fastq(\.gz)?$/, '') //=> "sample.R1"
'a\tb\nc'.split(/[\t\n]/) //=> ["a","b","c"]
'  indent'.search(/\S/) //=> 2
'ab\ncd'.split('\n').map(l => l.trim()).join(';') //=> "ab;cd"
'x'.codePointAt(1) //=> null
'abc'.substring(NaN, 2) //=> "ab"
'ǰ'.toUpperCase().length //=> 2
'Crème Brûlée ńǘ'.normalize('NFD').replace(/[\u0300-\u036f]/g, '') //=> "Creme Brulee nu"
'e\u0301\u0323'.normalize('NFC').length //=> 2
'한글'.normalize('NFD').length + '한글'.normalize('NFD').normalize().length //=> 8
'Å\u2126ﬁ①'.normalize('NFC').length //=> 4
