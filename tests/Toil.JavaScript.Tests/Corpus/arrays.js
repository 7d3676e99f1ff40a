[1, , 3].length //=> 3
[1, , 3].map(x => x * 2) //=> [2,null,6]
[, 1].forEach.call([, 1], x => x) //=> null
0 in [, 1] //=> false
[1, 2, 3, ].length //=> 3
Array(3).length //=> 3
new Array(3, 4) //=> [3,4]
new Array('3') //=> ["3"]
new Array(-1) //=> throws RangeError
Array.of(7) //=> [7]
Array.from('abc') //=> ["a","b","c"]
Array.from({length: 3}, (_, i) => i * 2) //=> [0,2,4]
Array.from({length: 2, 0: 'a', 1: 'b'}) //=> ["a","b"]
Array.from(new Set([1, 1, 2])) //=> [1,2]
Array.from([1, 2], function (x) { return x * this.k; }, {k: 3}) //=> [3,6]
[Array.isArray([]), Array.isArray({length: 0}), Array.isArray('a')] //=> [true,false,false]
var a = [1]; a.push(2, 3); a.unshift(0); [a.pop(), a.shift(), a] //=> [3,0,[1,2]]
var a = [1, 2, 3, 4, 5]; [a.splice(1, 2), a] //=> [[2,3],[1,4,5]]
var a = [1, 2, 3]; [a.splice(1, 0, 'x', 'y'), a] //=> [[],[1,"x","y",2,3]]
var a = [1, 2, 3, 4]; [a.splice(-2), a] //=> [[3,4],[1,2]]
var a = [1, 2, 3]; [a.splice(1, 1, 'a', 'b', 'c'), a] //=> [[2],[1,"a","b","c",3]]
var a = [1, 2, 3]; [a.splice(), a.splice(undefined), a] //=> [[],[1,2,3],[]]
[1, 2, 3, 4].slice(1, 3) //=> [2,3]
[1, 2, 3, 4].slice(-2) //=> [3,4]
[1, 2, 3, 4].slice(2, 1) //=> []
[1, 2].concat(3, [4, 5], [[6]]) //=> [1,2,3,4,5,[6]]
[1, [2, [3, [4]]]].flat() //=> [1,2,[3,[4]]]
[1, [2, [3, [4]]]].flat(Infinity) //=> [1,2,3,4]
[1, 2].flatMap(x => [x, x * 2]) //=> [1,2,2,4]
[1, 2, 3].join('-') //=> "1-2-3"
[1, null, undefined, [2, [3]]].join() //=> "1,,,2,3"
[].join() //=> ""
[3, 1, 2].reverse() //=> [2,1,3]
[3, 1, 10, 2].sort() //=> [1,10,2,3]
['b', 'a', 'C', undefined, 'B'].sort() //=> ["B","C","a","b",null]
[3, 1, 2].sort((a, b) => a - b) //=> [1,2,3]
[{n: 'a', v: 1}, {n: 'b', v: 0}, {n: 'c', v: 1}, {n: 'd', v: 0}].sort((a, b) => a.v - b.v).map(x => x.n).join('') //=> "bdac"
[5, , 1, undefined, 3].sort() //=> [1,3,5,null,null]
[1, 2, 3].indexOf(2) + [1, 2, 3].indexOf(9) //=> 0
[1, 2, 1].lastIndexOf(1) //=> 2
[NaN].includes(NaN) && ![NaN].includes(1) && [NaN].indexOf(NaN) === -1 //=> true
[1, 2, 3].includes(1, 1) //=> false
[1, 2, 3, 4].filter(x => x % 2 === 0) //=> [2,4]
[1, 2, 3].reduce((a, b) => a + b) //=> 6
[1, 2, 3].reduce((a, b) => a + b, '') //=> "123"
[[1, 2], [3]].reduceRight((a, b) => a.concat(b)) //=> [3,1,2]
[1, 2, 3].some(x => x > 2) //=> true
[1, 2, 3].every(x => x > 2) //=> false
[].every(x => false) //=> true
[5, 6, 7].find(x => x > 5) //=> 6
[5, 6, 7].findIndex(x => x > 9) //=> -1
[5, 6, 7].findLast(x => x < 7) //=> 6
[5, 6, 7].findLastIndex(x => x < 6) //=> 0
[1, 2, 3].at(-1) //=> 3
[1, 2, 3].fill(0, 1) //=> [1,0,0]
new Array(3).fill(0) //=> [0,0,0]
[1, 2, 3, 4, 5].copyWithin(0, 3) //=> [4,5,3,4,5]
[...[1, 2].entries()] //=> [[0,1],[1,2]]
var a = [1, 2, 3]; a.length = 1; a //=> [1]
var a = [1]; a.length = 3; [a.length, a] //=> [3,[1,null,null]]
var a = []; a[5] = 1; [a.length, a] //=> [6,[null,null,null,null,null,1]]
var a = []; a[4294967294] = 1; a.length //=> 4294967295
var a = []; a['2'] = 'x'; a.length //=> 3
var a = []; a['foo'] = 1; a.length //=> 0
var a = [1, 2, 3]; delete a[1]; [a, 1 in a, a.length] //=> [[1,null,3],false,3]
var a = [1]; a.length = -1 //=> throws RangeError
var a = [1]; a.length = 1.5 //=> throws RangeError
var a = [1, 2, 3]; a.forEach((x, i, arr) => { arr[i] = x * 2; }); a //=> [2,4,6]
var r = []; [1, 2].forEach(function (x) { r.push(this.k + x); }, {k: 10}); r //=> [11,12]
Array.prototype.map.call('abc', c => c + c) //=> ["aa","bb","cc"]
Array.prototype.push.call({length: 1}, 'x') //=> 2
Array.prototype.join.call({length: 2, 0: 'a', 1: 'b'}, '+') //=> "a+b"
Array.prototype.slice.call('abc', 1) //=> ["b","c"]
var a = [1, 2]; a.concat(a, a).length //=> 6
[[1, 'a'], [2, 'b']].map(([n, s]) => s + n) //=> ["a1","b2"]
[1, 2, 3].map((x, i) => [i, x]) //=> [[0,1],[1,2],[2,3]]
var a = [1, 2, 3, 4]; var [h, ...t] = a; [h, t] //=> [1,[2,3,4]]
[..."héllo"].reverse().join('') //=> "olléh"
[1, 2, 3].toString() //=> "1,2,3"
String([1, [2, 3]]) //=> "1,2,3"
[1.5, 1234.5].toLocaleString() //=> "1.5,1,234.5"
var a = [1, 2]; a == '1,2' //=> true
var a = []; a[0] = a; a.join() //=> ""
Array.from(Array(3).keys()) //=> [0,1,2]
[3, 2, 1].sort(undefined) //=> [1,2,3]
[1].sort(5) //=> throws TypeError
[1, 2, 3].map() //=> throws TypeError
[].map.call(null, x => x) //=> throws TypeError
[1, 2, 3, 4, 5].findLast(x => x % 2 === 0) //=> 4
Array.apply(null, {length: 2}).map((_, i) => i) //=> [0,1]
Object.freeze([3, 1, 2]).sort() //=> throws TypeError
var f = Object.freeze([1]); f[0] = 2 //=> throws TypeError
var f = Object.freeze([1]); f.concat(2) //=> [1,2]
var a = [1, 2, 3]; Object.defineProperty(a, 1, {get() { return 'got'; }}); [a[1], a.map(x => x), a.length] //=> ["got",[1,"got",3],3]
var a = [1, 2, 3]; Object.defineProperty(a, 'length', {writable: false}); a.push(4) //=> throws TypeError
[undefined, null, 1].map(x => x ?? 'd') //=> ["d","d",1]
[[3, 'c'], [1, 'a']].sort().map(x => x[1]) //=> ["a","c"]
[10, 9, 1].sort((a, b) => a < b) //=> [10,9,1]
var a = [1,2,3,4,5,6,7,8,9,10,11,12]; a.sort((x, y) => (x % 3) - (y % 3)); a //=> [3,6,9,12,1,4,7,10,2,5,8,11]
['B', 'a', 'C'].sort((x, y) => x.toLowerCase() < y.toLowerCase() ? -1 : 1) //=> ["a","B","C"]
['é', 'z', 'a', 'E'].sort((x, y) => x.localeCompare(y)) //=> ["a","E","é","z"]
var m = [[1, 2], [3, 4]]; m[0].map((_, i) => m.map(r => r[i])) //=> [[1,3],[2,4]]
var groups = ['a1', 'b1', 'a2'].reduce((g, s) => { (g[s[0]] = g[s[0]] || []).push(s); return g; }, {}); groups //=> {"a":["a1","a2"],"b":["b1"]}
[1, 2, 3, 4].reduce((acc, x) => ({...acc, [x]: x * x}), {}) //=> {"1":1,"2":4,"3":9,"4":16}
var a = Array.from({length: 5}, (_, i) => i); a.unshift(...a); a //=> [0,1,2,3,4,0,1,2,3,4]
Array.isArray(Array.prototype) //=> true
[].concat('a', ['b']) //=> ["a","b"]
[0, 1, 2].find(x => x > 5) //=> null
var a = [1, 2, 3]; for (const x of a) { if (x < 3) a.push(x + 10); } a //=> [1,2,3,11,12]
