({b: 1, a: 2, 2: 'x', 1: 'y', [`c${1}`]: 3}) //=> {"1":"y","2":"x","b":1,"a":2,"c1":3}
Object.keys({b: 1, 10: 1, a: 1, 9: 1, '-1': 1, '01': 1}) //=> ["9","10","b","a","-1","01"]
var o = {}; o.z = 1; o[5] = 2; o.a = 3; o[1] = 4; Object.entries(o) //=> [["1",4],["5",2],["z",1],["a",3]]
var a = 1, b = 2; ({a, b, c: {a}}) //=> {"a":1,"b":2,"c":{"a":1}}
({...{a: 1, b: 2}, b: 3, ...null, ...[7], ...'hi'}) //=> {"0":"h","1":"i","a":1,"b":3}
({'a b': 1, 1.5: 2, 0x10: 3, null: 4, if: 5, class: 6}) //=> {"16":3,"a b":1,"1.5":2,"null":4,"if":5,"class":6}
({get x() { return 1; }, set x(v) {}}).x //=> 1
({__proto__: {inherited: 1}, own: 2}) //=> {"own":2}
Object.keys(Object.assign({}, {a: 1}, null, {b: 2}, 'xy')) //=> ["0","1","a","b"]
Object.values({a: 1, b: [2]}) //=> [1,[2]]
Object.entries('ab') //=> [["0","a"],["1","b"]]
Object.fromEntries([['a', 1], ['b', 2]]) //=> {"a":1,"b":2}
Object.fromEntries(new Map([['x', 1]])) //=> {"x":1}
Object.freeze([1, 2]).push(3) //=> throws TypeError
var o = Object.freeze({a: 1}); o.a = 2 //=> throws TypeError
var o = Object.freeze({a: 1}); o.b = 2 //=> throws TypeError
[Object.isFrozen(Object.freeze({a: 1})), Object.isFrozen({a: 1}), Object.isFrozen('x'), Object.isSealed(Object.seal({a: 1})), Object.isFrozen(Object.freeze([1]))] //=> [true,false,true,true,true]
var o = Object.seal({a: 1}); o.a = 5; o //=> {"a":5}
var o = Object.seal({a: 1}); delete o.a //=> throws TypeError
var o = Object.preventExtensions({a: 1}); o.b = 1 //=> throws TypeError
var o = {}; Object.defineProperty(o, 'x', {value: 1}); [o.x, Object.keys(o), JSON.stringify(o), Object.getOwnPropertyDescriptor(o, 'x')] //=> [1,[],"{}",{"value":1,"writable":false,"enumerable":false,"configurable":false}]
var o = Object.defineProperty({}, 'x', {get() { return 7; }, enumerable: true, configurable: true}); [o.x, o] //=> [7,{"x":7}]
var o = Object.defineProperty({}, 'x', {value: 1}); o.x = 2 //=> throws TypeError
var o = Object.defineProperty({}, 'x', {value: 1}); Object.defineProperty(o, 'x', {value: 2}) //=> throws TypeError
Object.defineProperty({}, 'x', {get() {}, value: 1}) //=> throws TypeError
Object.defineProperties({}, {a: {value: 1, enumerable: true}, b: {value: 2}}) //=> {"a":1}
Object.getOwnPropertyNames({a: 1, b: 2}) //=> ["a","b"]
Object.getOwnPropertyNames('ab') //=> ["0","1","length"]
Object.getOwnPropertyNames([1, 2]) //=> ["0","1","length"]
Object.getOwnPropertyDescriptors({a: 1}) //=> {"a":{"value":1,"writable":true,"enumerable":true,"configurable":true}}
Object.create({a: 1}, {b: {value: 2, enumerable: true}}) //=> {"b":2}
Object.getPrototypeOf([]) === Array.prototype //=> true
Object.setPrototypeOf({a: 1}, {b: 2}).b //=> 2
var a = {}; var b = Object.create(a); Object.setPrototypeOf(a, b) //=> throws TypeError
Object.create(null) instanceof Object //=> false
'toString' in Object.create(null) //=> false
[({}).toString(), [].toString(), (() => 1).toString(), Object.prototype.toString.call(null), Object.prototype.toString.call([]), Object.prototype.toString.call(/x/), Object.prototype.toString.call(new Date(0)), Object.prototype.toString.call(1), Object.prototype.toString.call(''), Object.prototype.toString.call(new Error()), Object.prototype.toString.call(function () {}), Object.prototype.toString.call(true), Object.prototype.toString.call(undefined), Object.prototype.toString.call(Math), Object.prototype.toString.call(JSON), Object.prototype.toString.call(new Map()), Object.prototype.toString.call(Symbol())] //=> ["[object Object]","","() => 1","[object Null]","[object Array]","[object RegExp]","[object Date]","[object Number]","[object String]","[object Error]","[object Function]","[object Boolean]","[object Undefined]","[object Math]","[object JSON]","[object Map]","[object Symbol]"]
({a: 1}).hasOwnProperty('a') && !({a: 1}).hasOwnProperty('toString') //=> true
Object.hasOwn({x: 1}, 'x') //=> true
({a: 1}).propertyIsEnumerable('a') //=> true
({}).constructor === Object //=> true
Object(1) + 1 //=> 2
typeof Object('s') //=> "object"
new Object({a: 1}) //=> {"a":1}
Object.is(NaN, NaN) //=> true
var s = Symbol('d'); var o = {[s]: 1, b: 2}; [o[s], Object.keys(o), s.toString(), s.description, Object.getOwnPropertySymbols(o).length] //=> [1,["b"],"Symbol(d)","d",1]
Symbol() === Symbol() //=> false
Symbol.for('a') === Symbol.for('a') //=> true
Symbol.keyFor(Symbol.for('k')) //=> "k"
Symbol('x') + '' //=> throws TypeError
new Symbol() //=> throws TypeError
`${Symbol('x')}` //=> throws TypeError
var o = {a: {b: {c: 1}}}; var {a: {b: {c}}} = o; c //=> 1
var o = {get a() { return this.b * 2; }, b: 21}; o.a //=> 42
var o = {n: 1, get v() { return this.n; }, set v(x) { this.n = x; }}; o.v = 9; [o.v, o] //=> [9,{"n":9,"v":9}]
var p = {set v(x) { this._v = x; }}; var c = Object.create(p); c.v = 3; [Object.keys(c), c._v] //=> [["_v"],3]
var o = {1: 'a', '1.0': 'b', '+1': 'c'}; Object.keys(o) //=> ["1","1.0","+1"]
var o = {}; o[{}] = 1; o[[1, 2]] = 2; o[null] = 3; o[undefined] = 4; o[true] = 5; o[1.5] = 6; Object.keys(o) //=> ["[object Object]","1,2","null","undefined","true","1.5"]
var o = {a: 1}; o.self = o; o.self.self.a //=> 1
JSON.stringify(Object.entries({x: [1], y: {z: 2}})) //=> "[[\"x\",[1]],[\"y\",{\"z\":2}]]"
var a = [3]; a.foo = 'bar'; [Object.keys(a), a.length, JSON.stringify(a)] //=> [["0","foo"],1,"[3]"]
Reflect.ownKeys({b: 1, a: 2, 1: 3}) //=> ["1","b","a"]
Reflect.has({a: 1}, 'a') && Reflect.get({a: 5}, 'a') === 5 //=> true
Reflect.construct(Date, [0]).getTime() //=> 0
Reflect.apply(Math.max, null, [1, 9]) //=> 9
Reflect.set(Object.freeze({a: 1}), 'a', 2) //=> false
globalThis.newGlobal = 5; newGlobal //=> 5
this === globalThis //=> true
var g = 1; globalThis.g //=> 1
let notGlobal = 1; globalThis.notGlobal //=> null
var o = {valueOf: () => 3}; [o * 2, o > 2, o == 3, `${o}` === '[object Object]'] //=> [6,true,true,true]
undefined = 1 //=> throws TypeError
NaN = 1 //=> throws TypeError
null.foo = 1 //=> throws TypeError
'abc'.length = 1 //=> throws TypeError
'abc'.foo = 1 //=> throws TypeError
(5).x //=> null
var o = {}; o.a.b //=> throws TypeError
var u; u.length //=> throws TypeError
var o = {a: undefined, b: null}; [o, 'a' in o, o.a === undefined] //=> [{"b":null},true,true]
({a: undefined, f() {}, s: Symbol()}).a //=> null
({}).__proto__ === Object.prototype //=> true
({['__proto__']: 1}).hasOwnProperty('__proto__') //=> true
Object.entries({a: 1}).map(([k, v]) => ({[k.toUpperCase()]: v + 1})) //=> [{"A":2}]
Object.keys('abc') //=> ["0","1","2"]
Object.keys(5) //=> []
Object.keys(null) //=> throws TypeError
Object.groupBy //=> null
