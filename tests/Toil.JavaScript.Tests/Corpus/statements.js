var s = 0; for (var i = 0; i < 10; i++) { if (i === 3) continue; if (i === 7) break; s += i; } s //=> 18
var s = ''; for (var k in {b: 1, a: 2, 1: 3, 0: 4}) s += k; s //=> "01ba"
var s = ''; for (var k in 'abc') s += k; s //=> "012"
var s = ''; for (var k in [7, 8]) s += k + typeof k; s //=> "0string1string"
var s = []; for (const k in null) s.push(k); s //=> []
var p = {a: 1}; var o = Object.create(p); o.b = 2; var s = []; for (var k in o) s.push(k); s //=> ["b","a"]
var s = []; var o = {a: 1, b: 2, c: 3}; for (var k in o) { s.push(k); delete o.b; } s //=> ["a","c"]
var s = 0; for (const x of [1, 2, 3]) s += x; s //=> 6
var s = []; for (const [k, v] of Object.entries({a: 1, b: 2})) s.push(k + v); s //=> ["a1","b2"]
var s = []; for (const {a, b = 5} of [{a: 1}, {a: 2, b: 3}]) s.push(a, b); s //=> [1,5,2,3]
var s = []; for (const c of 'a\u{1F600}b') s.push(c.length); s //=> [1,2,1]
var i = 0; do { i++; } while (i < 5); i //=> 5
var i = 10; while (i --> 5); i //=> 4
var r = []; outer: for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; r.push([i, j]); } } r //=> [[0,0],[1,0]]
a: { var x = 1; break a; x = 2; } x //=> 1
foo: for (;;) { bar: for (;;) { break foo; } } 'done' //=> "done"
var f = x => { switch (x) { case 1: return 'one'; case 2: case 3: return 'few'; default: return 'many'; } }; [f(1), f(2), f(3), f(4), f('1')] //=> ["one","few","few","many","many"]
var r = []; switch (2) { case 1: r.push(1); case 2: r.push(2); case 3: r.push(3); break; default: r.push('d'); } r //=> [2,3]
var r = []; switch (9) { default: r.push('d'); case 1: r.push(1); break; case 2: r.push(2); } r //=> ["d",1]
switch (1) { case 1: let x = 5; x; } //=> 5
switch (2) { case 1: let x = 5; break; case 2: x; } //=> throws ReferenceError
var f = () => { try { return 'try'; } finally { return 'finally'; } }; f() //=> "finally"
var f = () => { try { throw 1; } catch (e) { return 'c' + e; } finally { } }; f() //=> "c1"
var r = []; try { r.push(1); throw 'x'; } catch (e) { r.push(e); } finally { r.push('f'); } r //=> [1,"x","f"]
var r = []; for (const x of [1, 2, 3]) { try { if (x === 2) continue; r.push(x); } finally { r.push('f' + x); } } r //=> [1,"f1","f2",3,"f3"]
var f = () => { for (;;) { try { return 1; } finally { break; } } return 2; }; f() //=> 2
try { null.x } catch { 'caught' } //=> "caught"
try { throw {code: 7, inner: [1]}; } catch ({code, inner: [i]}) { code + i; } //=> 8
try { try { throw new Error('a'); } finally { throw new Error('b'); } } catch (e) { e.message } //=> "b"
var r; try { undefinedFunction(); } catch (e) { r = e.name + ':' + e.message; } r //=> "ReferenceError:undefinedFunction is not defined"
throw 'text' //=> throws value
throw new TypeError('bad') //=> throws TypeError
throw {a: 1} //=> throws value
var x = 1; { let x = 2; { let x = 3; } } x //=> 1
var fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); fs.map(f => f()) //=> [0,1,2]
var fs = []; for (var i = 0; i < 3; i++) fs.push(() => i); fs.map(f => f()) //=> [3,3,3]
var fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); i++; } fs.map(f => f()) //=> [1,3]
var fs = []; for (const x of [1, 2]) fs.push(() => x); fs.map(f => f()) //=> [1,2]
var fs = []; for (const k in {a: 1, b: 2}) fs.push(() => k); fs.map(f => f()) //=> ["a","b"]
var fs = []; for (let i = 0, n = 2; i < n; i++) { let j = i * 10; fs.push(() => [i, j, n]); } fs.map(f => f()) //=> [[0,0,2],[1,10,2]]
var fs = []; let n = 0; while (n < 2) { const m = n++; fs.push(() => m); } fs.map(f => f()) //=> [0,1]
x; let x = 1; //=> throws ReferenceError
{ f; let f = 1; } //=> throws ReferenceError
const c = 1; c = 2; //=> throws TypeError
const c = {}; c.a = 1; c //=> {"a":1}
typeof hoisted + hoisted(); function hoisted() { return 'yes'; } //=> "functionyes"
var r = typeof inner; { function inner() {} } r //=> "undefined"
{ function inner() { return 1; } inner() } //=> 1
var x = 1; var x; x //=> 1
if (true) var y = 5; y //=> 5
if (0) 1; else if (2) 3; else 4 //=> 3
if (false) ; else 'else' //=> "else"
;;; 5 ;; //=> 5
var a = 1 //=> null
    var b = 2 //=> null
a //=> throws ReferenceError
var a = 1; a /*c*/ + /* d */ 1 // e //=> 2
var {a, b: {c = 3, ...d}, ...e} = {a: 1, b: {x: 1, y: 2}, f: 5, g: 6}; [a, c, d, e] //=> [1,3,{"x":1,"y":2},{"f":5,"g":6}]
var [a, , b = 2, [c], ...d] = [1, 9, undefined, [3], 4, 5]; [a, b, c, d] //=> [1,2,3,[4,5]]
var a = 1, b = 2; [a, b] = [b, a]; [a, b] //=> [2,1]
var o = {}; [o.x, o['y'], ...o.z] = [1, 2, 3, 4]; o //=> {"x":1,"y":2,"z":[3,4]}
var o = {}; ({a: o.p, b: [o.q]} = {a: 1, b: [2]}); o //=> {"p":1,"q":2}
var x, y; ({x = 5, y = x + 1} = {}); [x, y] //=> [5,6]
var {length} = 'hello'; length //=> 5
var [a, b] = 'hi'; a + b //=> "hi"
var [x] = null //=> throws TypeError
var {x} = undefined //=> throws TypeError
var [x] = {} //=> throws TypeError
var {['a' + 1]: z} = {a1: 7}; z //=> 7
var r; for ([r] of [[1], [2]]); r //=> 2
var {a = 1, b = a + 1} = {a: undefined}; [a, b] //=> [1,2]
let [first = (() => 'lazy')()] = []; first //=> "lazy"
var a = 1; a = a++ + ++a; a //=> 4
var o = {f: function () { return typeof this; }}; [o.f(), (0, o.f)(), (o.f)()] //=> ["object","undefined","object"]
label: for (const x of [1]) { for (const y of [1, 2]) { if (y === 1) continue label; throw 'no'; } } //=> null
debugger; 'after' //=> "after"
var i = 0; for (;;) { if (i++ > 3) break; } i //=> 5
var s = ''; for (const ch of new Set('hello')) s += ch; s //=> "helo"
'use strict'; 'x' //=> "x"
var s = ''; for (var i = 0; i < 3; i++) for (let j in [1, 2]) s += i + j; s //=> "000110112021"
var f; for (let i = 0; f = f || (() => i), i < 3; i++) ; f() //=> 0
var r = []; for (let i = 0; i < 2; r.push(() => i), i++) ; r.map(f => f()) //=> [1,2]
