1 + 2 * 3 - 4 / 2 //=> 5
7 % 3 + -7 % 3 //=> 0
-1 % 1 //=> 0
2 ** 10 + 2 ** -1 //=> 1024.5
2 ** 3 ** 2 //=> 512
(-2) ** 2 //=> 4
NaN ** 0 //=> 1
1 ** Infinity //=> null
'a' + 1 + 2 //=> "a12"
1 + 2 + 'a' //=> "3a"
'5' * '2' //=> 10
'5' - 2 //=> 3
[] + {} //=> "[object Object]"
[] + [] //=> ""
[1,2] + [3] //=> "1,23"
true + true //=> 2
null + 1 //=> 1
undefined + 1 //=> null
1 < 2 < 3 //=> true
3 > 2 > 1 //=> false
'b' > 'a' //=> true
'10' < '9' //=> true
'10' < 9 //=> false
null >= 0 //=> true
undefined == null //=> true
null == 0 //=> false
NaN == NaN //=> false
'1' == 1 //=> true
true == '1' //=> true
[1] == 1 //=> true
[2] == '2' //=> true
({}) == '[object Object]' //=> true
1 === 1.0 //=> true
'a' === 'a' //=> true
0 === -0 //=> true
Object.is(0, -0) //=> false
5 & 3 | 4 ^ 1 //=> 5
~5 //=> -6
~~-5.7 //=> -5
1 << 31 //=> -2147483648
1 << 32 //=> 1
-1 >>> 0 //=> 4294967295
-1 >> 1 //=> -1
2147483648 | 0 //=> -2147483648
4294967297 | 0 //=> 1
1e20 | 0 //=> 1661992960
-2147483649 | 0 //=> 2147483647
!0 + !1 //=> 1
!!'' + '' + !!'0' //=> "falsetrue"
typeof undefinedVariable //=> "undefined"
[typeof 1, typeof 'a', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof function () {}, typeof Symbol(), typeof (() => 1)] //=> ["number","string","boolean","undefined","object","object","object","function","symbol","function"]
void 0 //=> null
(1, 2, 3) //=> 3
var x = 5; x += 3; x -= 1; x *= 2; x /= 7; x **= 3; x %= 5; x //=> 3
var x = 5; x <<= 2; x >>= 1; x >>>= 1; x |= 8; x &= 12; x ^= 5; x //=> 9
var a = null; a ??= 5; a ||= 6; a &&= 7; a //=> 7
var o = {n: 0}; o.n ||= 4; o.n &&= o.n + 1; o.m ??= 9; o //=> {"n":5,"m":9}
var i = 1; [i++, i, ++i, i--, --i] //=> [1,2,3,3,1]
var o = {i: 1}; [o.i++, ++o.i, o['i']--] //=> [1,3,3]
var s = '5'; s++; s //=> 6
var a = [1]; a[0]++; a[0] += 10; a //=> [12]
0 || null || 'x' || 'y' //=> "x"
1 && 'a' && 0 && 'b' //=> 0
null ?? 'd' //=> "d"
0 ?? 'd' //=> 0
undefined ?? null ?? 3 //=> 3
'a' in {a: 1} //=> true
1 in [5, 6] //=> true
2 in [5, 6] //=> false
'length' in [] //=> true
'x' in 'string' //=> throws TypeError
[] instanceof Array //=> true
[] instanceof Object //=> true
({}) instanceof Array //=> false
1 instanceof Number //=> false
1 instanceof 1 //=> throws TypeError
var f = x => x > 2 ? 'big' : x > 1 ? 'mid' : 'small'; [f(1), f(2), f(3)] //=> ["small","mid","big"]
delete {a: 1}.a //=> true
var o = {a: 1, b: 2}; delete o.a; o //=> {"b":2}
var o = Object.freeze({a: 1}); delete o.a //=> throws TypeError
var log = []; var o = {get a() { log.push('get'); return 1; }, set a(v) { log.push('set' + v); }}; o.a += 2; log //=> ["get","set3"]
var log = []; var f = n => { log.push(n); return n; }; f(1) + f(2) * f(3); log //=> [1,2,3]
var log = []; var t = n => (log.push(n), {}); t('o')[(log.push('k'), 'k')] = (log.push('v'), 1); log //=> ["o","k","v"]
({valueOf() { return 42; }}) + 1 //=> 43
({toString() { return 'str'; }}) + 1 //=> "str1"
`${{toString() { return 'str'; }, valueOf() { return 1; }}}` //=> "str"
+{valueOf() { return '7'; }} //=> 7
({[Symbol.toPrimitive](hint) { return hint; }}) + '' //=> "default"
`${{[Symbol.toPrimitive](hint) { return hint; }}}` //=> "string"
[+'', +' 12 ', +'0x1f', +'0b11', +'0o17', +'1e3', +'abc', +'1,2', +null, +undefined, +true, +[], +[5], +[1,2], +{}, +'-Infinity', +'.5', +'5.', +'.', +'+-1', +'1_000'] //=> [0,12,31,3,15,1000,null,null,0,null,1,0,5,null,null,null,0.5,5,null,null,null]
1_000_000 + 0b1010 + 0o17 + 0xff //=> 1000280
.5 + 5. + 1e3 + 1E-2 //=> 1005.51
0.1 + 0.2 //=> 0.30000000000000004
9007199254740993 //=> 9007199254740992
1 / 3 //=> 0.3333333333333333
1e21 + 1 //=> 1e+21
123456789012345680000 //=> 123456789012345680000
-0 //=> 0
[1/0, -1/0, 0/0].map(String) //=> ["Infinity","-Infinity","NaN"]
var a = [1, 2, 3]; var b = a; b.push(4); a //=> [1,2,3,4]
a?.b //=> throws ReferenceError
undefined?.b //=> null
var o = null; [o?.a, o?.[0], o?.(), o?.a.b.c(1).d] //=> [null,null,null,null]
var o = {a: {f() { return this.v; }, v: 7}}; [o?.a?.f(), o.a?.['f'](), o.b?.f(), o.a.g?.()] //=> [7,7,null,null]
var o = null; var i = 0; o?.[i++]; i //=> 0
var o = {}; delete o?.a?.b //=> true
(null)?.x === undefined //=> true
({}).a?.b.c //=> null
({a: null}).a?.b //=> null
({}).a.b //=> throws TypeError
var o = {a: 1}; o?.a ? 'yes' : 'no' //=> "yes"
true?.5:1 //=> 0.5
