var m = new Map([['a', 1], ['b', 2]]); m.set('c', 3).delete('a'); [m.size, [...m], m.get('b'), m.has('a'), m.get('zz')] //=> [2,[["b",2],["c",3]],2,false,null]
var m = new Map(); m.set(NaN, 'nan').set(0, 'zero').set('0', 'str'); [m.get(NaN), m.get(-0), m.get('0'), m.size] //=> ["nan","zero","str",3]
var m = new Map([[1, 'a']]); var r = []; m.forEach((v, k, mm) => r.push(k, v, mm === m)); r //=> [1,"a",true]
var m = new Map([[1, 'a'], [2, 'b']]); [[...m.keys()], [...m.values()], [...m.entries()]] //=> [[1,2],["a","b"],[[1,"a"],[2,"b"]]]
var k = {}; var m = new Map([[k, 'obj']]); [m.get(k), m.get({})] //=> ["obj",null]
var m = new Map([[1, 1], [2, 2], [3, 3]]); var r = []; for (const [k] of m) { r.push(k); m.delete(2); if (k === 1) m.set(4, 4); } r //=> [1,3,4]
var m = new Map([[1, 1]]); m.clear(); m.set(2, 2); [...m.keys()] //=> [2]
Map() //=> throws TypeError
new Map([1]) //=> throws TypeError
new Map(5) //=> throws TypeError
var s = new Set([1, 2, 2, 3]); s.add(4).delete(1); [s.size, [...s], s.has(2), s.has(1)] //=> [3,[2,3,4],true,false]
[...new Set('hello')].join('') //=> "helo"
var s = new Set([1, 2]); var r = []; s.forEach((v, k, ss) => r.push(v, k, ss === s)); r //=> [1,1,true,2,2,true]
[...new Set([3, 1, 3]).entries()] //=> [[3,3],[1,1]]
[...new Set([1, 2, 3])].filter(x => new Set([2, 3]).has(x)) //=> [2,3]
new Set([NaN, NaN, 0, -0]).size //=> 2
var w = new WeakMap(); var k = {}; w.set(k, 5); [w.get(k), w.has(k), w.has({}), w.delete(k), w.has(k)] //=> [5,true,false,true,false]
new WeakMap().set('x', 1) //=> throws TypeError
var w = new WeakSet(); var k = {}; w.add(k); [w.has(k), w.has({})] //=> [true,false]
Object.prototype.toString.call(new Set()) //=> "[object Set]"
Map.prototype.get.call({}, 1) //=> throws TypeError
var count = {}; for (const c of 'banana') count[c] = (count[c] || 0) + 1; count //=> {"b":1,"a":3,"n":2}
var m = new Map(Object.entries({a: 1, b: 2})); Object.fromEntries([...m].map(([k, v]) => [k, v * 10])) //=> {"a":10,"b":20}
new Map([[1, 2]]) instanceof Map //=> true
[...new Map([['x', 1]]).keys()][0] //=> "x"
new Set([[1], [1]]).size //=> 2
[...new Set([5, 1, 5, 2].sort())] //=> [1,2,5]
