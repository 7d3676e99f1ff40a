Function('a', 'b', 'return a + b')(1, 2) //=> 3
new Function('a, b', 'c', 'return [a, b, c]')(1, 2, 3) //=> [1,2,3]
Function()() //=> null
Function('return 5;')() //=> 5
Function('a = 2, ...r', 'return [a, r]')(undefined, 3, 4) //=> [2,[3,4]]
Function('{a, b: [c]}', 'return a + c')({a: 1, b: [2]}) //=> 3
var f = new Function('a', 'b // c', 'return a * b // end'); [f(2, 3), f.name, f.length, f instanceof Function, f.constructor === Function, typeof f] //=> [6,"anonymous",2,true,true,"function"]
Function('a', 'b', 'return a').toString() //=> "function anonymous(a,b\n) {\nreturn a\n}"
String(new Function()) //=> "function anonymous(\n) {\n\n}"
(function () { var local = 1; return Function('return typeof local')(); })() //=> "undefined"
var top1 = 7; Function('return top1 + 1')() //=> 8
Function('return this')() === globalThis //=> true
Function('return typeof this').call(5) //=> "object"
Function('"use strict"; return typeof this').call(undefined) //=> "undefined"
Function('return (function () { return this; })() === globalThis')() //=> true
Function('"use strict"; return (function () { return this; })()')() === undefined //=> true
Function('leaked = 3; return leaked')() + leaked //=> 6
Function('"use strict"; leaked2 = 3')() //=> throws ReferenceError
try { Function('return (') } catch (e) { [e instanceof SyntaxError, e.name] } //=> [true,"SyntaxError"]
Function('a', '} , function () {') //=> throws SyntaxError
Function('/*', '*/ ) {') //=> throws SyntaxError
Function('a) { return 1; } function b(', '') //=> throws SyntaxError
Function('a', '}') //=> throws SyntaxError
Function('a', '{') //=> throws SyntaxError
Function('a, ', 'return a')(4) //=> 4
Function('a b', '') //=> throws SyntaxError
Function('a', '\n// only a comment')(1) //=> null
Function('return anonymous')() //=> throws ReferenceError
Function('return arguments.length')(1, 2, 3) //=> 3
(() => 1).constructor('return 8')() //=> 8
(class { static m() {} }).m.constructor('a', 'return a')(9) //=> 9
Reflect.construct(Function, ['return 6'])() //=> 6
var F = Function('this.x = 5;'); var o = new F(); [o.x, o instanceof F, Object.keys(F.prototype)] //=> [5,true,[]]
Function(1)() //=> null
Function({toString() { return 'a'; }}, 'return a * 2')(4) //=> 8
Function('return [1, 2].map(x => x * this.k)').call({k: 3}) //=> [3,6]
var f = Function('n', 'return n <= 1 ? 1 : n * f(n - 1)'); f(5) //=> 120
Function('"use strict"; with ({}) {}') //=> throws SyntaxError
'use strict'; with ({}) {} //=> throws SyntaxError
Function('with ({a: 1}) return a')() //=> 1
Function('o', 'var r = []; with (o) { r.push(a); a = 5; r.push(a, typeof b, typeof a); } return [r, o]')({a: 1}) //=> [[1,5,"undefined","number"],{"a":5}]
Function('o', 'var x = 1; with (o) { x = 2; y = 3; } return [x, o]')({y: 0}) //=> [2,{"y":3}]
Function('o', 'var x = 1; with (o) { x = 2; } return [x, o]')({x: 0}) //=> [1,{"x":2}]
Function('o', 'with (o) { x += 2; y++; --z; w ||= 7; s += "t"; n ??= 1; } return o')({x: 1, y: 2, z: 3, w: 0, s: 's', n: null}) //=> {"x":3,"y":3,"z":2,"w":7,"s":"st","n":1}
Function('o', 'with (o) { return m(); }')({v: 4, m() { return this.v; }}) //=> 4
Function('o', 'with (o) { return (m)(); }')({v: 4, m() { return this.v; }}) //=> 4
Function('o', 'with (o) { return m?.(); }')({v: 4, m() { return this.v; }}) //=> 4
Function('o', 'with (o) { return m`x`; }')({v: 4, m(s) { return this.v + s[0]; }}) //=> "4x"
Function('o', 'with (o) { return [delete a, delete zz, typeof a]; }')({a: 1}) //=> [true,true,"undefined"]
Function('o', 'with (o) { return typeof missing; }')({}) //=> "undefined"
Function('o', 'with (o) { return missing; }')({}) //=> throws ReferenceError
Function('o', 'with (o) { var v = 3; } return [v, o]')({v: 1}) //=> [null,{"v":3}]
Function('o', 'with (o) { var v = 3; } return [v, o]')({}) //=> [3,{}]
Function('o', 'with (o) { let a = 9; const b = a; return [a, b, c]; }')({a: 1, b: 2, c: 3}) //=> [9,9,3]
Function('o', 'with (o) { var f = function (x) { return [x, a, b]; }; } o.a = 5; var b = 6; return f(1)')({a: 1}) //=> [1,5,6]
Function('o', 'with (o) { return (a => a + b)(10); }')({a: 1, b: 2}) //=> 12
Function('o', 'with (o) { function g() { return a; } return g(); }')({a: 4}) //=> 4
Function('o', 'var fs = []; for (var k of [1, 2]) with ({k2: k}) fs.push(() => k2); return fs.map(f => f())')() //=> [1,2]
Function('o', 'var fs = []; for (let k of [1, 2]) with ({}) fs.push(() => k); return fs.map(f => f())')() //=> [1,2]
Function('p, q', 'with (p) with (q) return [a, b, c]')({a: 1, b: 1, c: 1}, {b: 2}) //=> [1,2,1]
Function('p, q', 'with (p) { with (q) { a = 7; b = 8; } } return [p, q]')({a: 1, b: 1}, {b: 2}) //=> [{"a":7,"b":1},{"b":8}]
Function('o', 'with (o) return arguments.length')({}) //=> 1
Function('o', 'with (o) return o')({o: 3}) //=> 3
Function('o', 'with (o) { o = 4; } return o')({o: 3}).o //=> 4
Function('with (null) ;')() //=> throws TypeError
Function('with (undefined) ;')() //=> throws TypeError
Function('with ("abc") return length')() //=> 3
Function('with (5) return toFixed(1)')() //=> "5.0"
Function('with ([3, 1, 2]) return [length, join("-"), sort().slice()]')() //=> [3,"3-1-2",[1,2,3]]
Function('values', 'with ([1]) return values')(5) //=> 5
Function('o', 'with (o) return toString()')({}) //=> "[object Object]"
Function('with (Object.create({a: 1})) return a')() //=> 1
Function('o', 'a = 1; with (o) return a')({a: 2, [Symbol.unscopables]: {a: true}}) //=> 1
Function('o', 'with (o) { try { throw 1; } catch (a) { return [a, b]; } }')({a: 5, b: 6}) //=> [1,6]
Function('o', 'try { with (o) { throw a; } } catch (e) { return [e, typeof a]; }')({a: 5}) //=> [5,"undefined"]
Function('o', 'l: with (o) { if (a) break l; return 1; } return typeof a')({a: 1}) //=> "undefined"
Function('o', 'var r = []; for (var i = 0; i < 3; i++) with (o) { if (i == 1) continue; r.push(i + a); } return r')({a: 10}) //=> [10,12]
Function('o', 'with (o) { for (a in {x: 1, y: 2}); for (b of [3, 4]); } return o')({a: 0, b: 0}) //=> {"a":"y","b":4}
Function('o', 'with (o) { [a, {c: b}] = [1, {c: 2}]; } return o')({a: 0, b: 0}) //=> {"a":1,"b":2}
Function('o', 'with (o) { return {a, b: a}; }')({a: 3}) //=> {"a":3,"b":3}
Function('o', 'with (o) { a = (delete o.a, 5); } return o')({a: 1}) //=> {}
Function('o', 'var a = 1; with (o) { a = (o.a = 2, 5); } return [a, o]')({}) //=> [1,{"a":5}]
Function('o', 'with (o) { switch (k) { case v: return "same"; default: return "other"; } }')({k: 1, v: 1}) //=> "same"
Function('o', 'with (o) { return new C(a).v; }')({a: 3, C: function (v) { this.v = v; }}) //=> 3
Function('o', 'with (o) { class A { m() { return a; } } return new A().m(); }')({a: 3}) //=> 3
Function('o', 'return [...(function* () { with (o) { yield a; b = yield m(yield c); yield b; } })()]')({a: 1, b: 2, c: 3, m() { return this.a; }}) //=> [1,3,1,null]
Function('o', 'var g = (function* () { with (o) { var x = yield a; a = x; } yield typeof a; })(); return [g.next(), g.next(5), o]')({a: 1}) //=> [{"value":1,"done":false},{"value":"undefined","done":false},{"a":5}]
Function('o', 'with (o) { return (function () { return (function () { var a = 2; return a + b; })() + a; })(); }')({a: 10, b: 100}) //=> 112
Function('o', 'with (o) { return `${a}-${b()}`; }')({a: 1, b: () => 2}) //=> "1-2"
Function('o', 'with (o) { x.y = 4; x["z"] = 5; x.n++; } return o')({x: {n: 1}}) //=> {"x":{"n":2,"y":4,"z":5}}
Function('o', 'with (o) { return eval; }')({eval: 3}) //=> 3
Function('o', '"not a directive" + 1; with (o) return a')({a: 1}) //=> 1
Function('o', 'function f() { "use strict"; return a; } var a = 1; with (o) return f() + a')({a: 5}) //=> 6
Function('o', 'class A { m() { with (o) ; } }') //=> throws SyntaxError
Function('o', 'with (o) { return undefined; }')({undefined: 1}) //=> 1
Function('o', 'with (o) { return a; }')({get a() { return this.b; }, b: 12}) //=> 12
Function('o', 'with (o) { b = 3; } return o.c')({set b(v) { this.c = v * 2; }}) //=> 6
Function('var s = ""; with ({a: "x"}) { s += a; } with ({a: "y"}) s += a; return s')() //=> "xy"
Function('x', 'with (x || {}) { return typeof y; }')() //=> "undefined"
Function('with ({a: 1}) { (function () { a = 2; })(); return a; }')() //=> 2
Function('with', '') //=> throws SyntaxError
Function('with (a') //=> throws SyntaxError
Function('with ({}) let x = 1') //=> throws SyntaxError
Function('with ({}) function f() {}') //=> throws SyntaxError
