class A { constructor(x) { this.x = x; } get double() { return this.x * 2; } set double(v) { this.x = v / 2; } static make(x) { return new this(x); } method() { return 'm' + this.x; } } var a = A.make(4); a.double = 20; [a.x, a.double, a.method(), Object.keys(a), typeof A] //=> [10,20,"m10",["x"],"function"]
class A { hi() { return 'A'; } } class B extends A { hi() { return super.hi() + 'B'; } } new B().hi() //=> "AB"
class A { constructor(n) { this.n = n; } } class B extends A { constructor() { super(3); this.m = this.n + 1; } } new B() //=> {"n":3,"m":4}
class A { constructor(...a) { this.a = a; } } class B extends A {} new B(1, 2) //=> {"a":[1,2]}
class A { x = 1; y = this.x + 1; ['z' + 1] = 3; static s = 9; static t = A.s + 1; } [new A(), A.s, A.t] //=> [{"x":1,"y":2,"z1":3},9,10]
class A { #p = 5; get p() { return this.#p; } inc() { this.#p++; return this; } #secret() { return 'secret' + this.#p; } reveal() { return this.#secret(); } static has(o) { return #p in o; } } var a = new A().inc(); [a.p, a.reveal(), A.has(a), A.has({}), Object.keys(a)] //=> [6,"secret6",true,false,[]]
class A { static #count = 0; static next() { return ++A.#count; } } [A.next(), A.next()] //=> [1,2]
class A { #x = 1; static read(o) { return o.#x; } } A.read({}) //=> throws TypeError
class A { static { this.ready = 'yes'; } } A.ready //=> "yes"
class A { static x = 1; static y = this.x + 1; } A.y //=> 2
class A {} A() //=> throws TypeError
class A { constructor() { this.x; } } class B extends A { constructor() { this.y = 1; } } new B() //=> throws ReferenceError
class A extends null {} Object.getPrototypeOf(A.prototype) //=> null
class A extends 5 {} //=> throws TypeError
class A { static a() { return 's'; } } class B extends A { static b() { return super.a() + 'b'; } } [B.a(), B.b()] //=> ["s","sb"]
class E2 extends Error { constructor(m) { super(m); this.name = 'E2'; this.code = 7; } } try { throw new E2('boom'); } catch (e) { [e instanceof E2, e instanceof Error, e.message, e.name, e.code, String(e)] } //=> [true,true,"boom","E2",7,"E2: boom"]
class MyArray extends Array { sum() { return this.reduce((a, b) => a + b, 0); } } var m = new MyArray(); m.push(1, 2, 3); [m.sum(), m.length, Array.isArray(m), m instanceof MyArray] //=> [6,3,true,true]
class M extends Map { getOr(k, d) { return this.has(k) ? this.get(k) : d; } } new M([['a', 1]]).getOr('b', 5) //=> 5
var C = class Named { who() { return Named.name; } }; [new C().who(), C.name, typeof Named] //=> ["Named","Named","undefined"]
var C = class {}; C.name //=> "C"
class A { toString() { return 'A!'; } } `${new A()}` //=> "A!"
class A { get [Symbol.toStringTag]() { return 'Tag'; } } Object.prototype.toString.call(new A()) //=> "[object Tag]"
class A { *[Symbol.iterator]() { yield 1; yield 2; } } [...new A()] //=> [1,2]
class A { static [Symbol.hasInstance](x) { return x === 1; } } [1 instanceof A, 2 instanceof A] //=> [true,false]
var o = {__proto__: {hi() { return 'proto'; }}, hi() { return super.hi() + '!'; }}; o.hi() //=> "proto!"
class A { m() {} } Object.getOwnPropertyNames(A.prototype) //=> ["constructor","m"]
class A { m() {} } [Object.keys(A.prototype), new A().hasOwnProperty('m'), A.prototype.constructor === A] //=> [[],false,true]
class A { a = 1; constructor() { this.b = 2; } } class B extends A { c = this.a + this.b; } new B() //=> {"a":1,"b":2,"c":3}
class A { f = () => this; } var a = new A(); a.f() === a //=> true
class A { constructor() { return {other: 1}; } } new A() //=> {"other":1}
class A { constructor() { this.t = new.target.name; } } class B extends A {} new B().t //=> "B"
class A { get x() { return 1; } } var a = new A(); a.x = 2 //=> throws TypeError
class A { static name2 = 'n'; 'quoted key'() { return 1; } 123() { return 2; } } [new A()['quoted key'](), new A()[123]()] //=> [1,2]
class A { static async = 1; get = 2; set = 3; static static = 4; } [A.async, new A(), A.static] //=> [1,{"get":2,"set":3},4]
class A { get() { return 'g'; } set() { return 's'; } static() { return 'st'; } } var a = new A(); [a.get(), a.set(), a.static()] //=> ["g","s","st"]
new (class { constructor(a) { this.a = a; } })(1) //=> {"a":1}
let x = 1; class A { m() { return x; } } x = 2; new A().m() //=> 2
var r = []; class A { constructor() { r.push('A'); } } class B extends A { f = r.push('field'); constructor() { r.push('before'); super(); r.push('after'); } } new B(); r //=> ["before","A","field","after"]
class A { constructor() { (() => { this.x = 1; })(); } } new A().x //=> 1
class A { constructor(x) { this.x = x; } } class B extends A { constructor() { const f = () => super(7); f(); } } new B().x //=> 7
class Stack { #items = []; push(x) { this.#items.push(x); return this; } get size() { return this.#items.length; } *[Symbol.iterator]() { for (const i of this.#items) yield i; } } var s = new Stack().push(1).push(2); [s.size, [...s]] //=> [2,[1,2]]
new A(); class A {} //=> throws ReferenceError
class A { constructor() {} } A.prototype = {} //=> throws TypeError
class Temp { static #toF(c) { return c * 9 / 5 + 32; } static convert(c) { return Temp.#toF(c); } } Temp.convert(100) //=> 212
class A { #v = 1; get #x() { return this.#v; } set #x(n) { this.#v = n * 2; } go() { this.#x = 4; return this.#x; } } new A().go() //=> 8
