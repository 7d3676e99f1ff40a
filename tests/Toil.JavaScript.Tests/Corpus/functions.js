(function () { return arguments.length; })(1, 2, 3) //=> 3
(function (a) { arguments[0] = 9; return a; })(1) //=> 1
(function () { return Array.prototype.slice.call(arguments, 1); })(1, 2, 3) //=> [2,3]
(function () { return [...arguments]; })(1, 2) //=> [1,2]
(function () { return Object.prototype.toString.call(arguments); })() //=> "[object Arguments]"
(function () { return (() => arguments[0])(); })(5) //=> 5
(function (a, b = 2, ...c) { return [a, b, c]; })(1) //=> [1,2,[]]
(function (a, b = 2, ...c) { return [a, b, c]; })(1, undefined, 3, 4) //=> [1,2,[3,4]]
((a, {b, c: [d]} = {b: 1, c: [2]}) => [a, b, d])(0) //=> [0,1,2]
((x, y = x * 2, z = x + y) => z)(1) //=> 3
(function f(n) { return n <= 1 ? 1 : n * f(n - 1); })(10) //=> 3628800
(function f() { f = 1; })() //=> throws TypeError
var f = function g() { return typeof g; }; f() + typeof g //=> "functionundefined"
[(function (a, b) {}).length, ((a, b = 1, c) => 1).length, ((...a) => 1).length, (function () {}).name, (() => {}).name] //=> [2,1,0,"",""]
var named = () => {}; const other = function () {}; var o = {m() {}, p: () => {}, ['c' + 1]: () => {}, get g() { return 1; }}; [named.name, other.name, o.m.name, o.p.name, o.c1.name, Object.getOwnPropertyDescriptor(o, 'g').get.name] //=> ["named","other","m","p","c1","get g"]
(function () { return this; })() //=> null
(() => typeof this)() //=> "object"
(function () { return typeof this; }).call(5) //=> "number"
(function () { return this.x; }).call({x: 3}) //=> 3
(function (a, b) { return this.x + a + b; }).apply({x: 1}, [2, 3]) //=> 6
(function (a, b, c) { return [this.x, a, b, c]; }).bind({x: 1}, 2)(3, 4) //=> [1,2,3,4]
var B = (function (a, b) { this.s = a + b; }).bind(null, 1); new B(2).s //=> 3
(function (a, b) {}).bind(null, 1).length + (function foo() {}).bind().name //=> "1bound foo"
Math.max.apply(null, [1, 5, 3]) //=> 5
Math.max(...[1, 5], 3, ...[7]) //=> 7
var add = a => b => c => a + b + c; add(1)(2)(3) //=> 6
var compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x); compose(x => x + 1, x => x * 2)(5) //=> 11
var counter = (() => { let n = 0; return {inc: () => ++n, get: () => n}; })(); counter.inc(); counter.inc(); counter.get() //=> 2
var memo = f => { const c = {}; return n => c[n] ?? (c[n] = f(n)); }; var sq = memo(n => n * n); [sq(4), sq(4)] //=> [16,16]
var f = ({a, b} = {}) => [a, b]; [f(), f({a: 1})] //=> [[null,null],[1,null]]
var f = (a, a2) => ({a, a2}); f(1, 2) //=> {"a":1,"a2":2}
(() => ({}))() //=> {}
(() => {})() //=> null
(async => async + 1)(1) //=> 2
var async = 5; async //=> 5
var of = 1, get = 2, set = 3, from = 4, target = 5; of + get + set + from + target //=> 15
(x => { return x * 2; })(4) //=> 8
[3, 1, 2].sort((a, b) => b - a) //=> [3,2,1]
new (function () { this.a = 1; })().a //=> 1
new (function () { this.a = 1; return {b: 2}; }) //=> {"b":2}
new (function () { this.a = 1; return 5; }) //=> {"a":1}
new (() => {}) //=> throws TypeError
new ({m() {}}).m //=> throws TypeError
var F = function () {}; F.prototype.hi = function () { return 'hi'; }; new F().hi() //=> "hi"
function F() { if (!new.target) return 'called'; this.ok = true; } [F(), new F().ok] //=> ["called",true]
function A(n) { this.n = n; } A.prototype = {constructor: A, get double() { return this.n * 2; }}; new A(4).double //=> 8
function P() {} function C() {} C.prototype = Object.create(P.prototype); [new C() instanceof P, new P() instanceof C, P.prototype.isPrototypeOf(new C())] //=> [true,false,true]
undefinedFn() //=> throws ReferenceError
var o = {}; o.method() //=> throws TypeError
var o = {a: {}}; o.a.b.c() //=> throws TypeError
(5)() //=> throws TypeError
'x'.foo() //=> throws TypeError
[].reduce((a, b) => a) //=> throws TypeError
var f = 1; f() //=> throws TypeError
new 5 //=> throws TypeError
function f(x) { return x; } f`a${1}b` //=> ["a","b"]
((s, ...v) => [s, s.raw, v])`a${1}\n${2}c` //=> [["a","\n","c"],["a","\\n","c"],[1,2]]
var t = s => s; var f = () => t`x`; f() === f() //=> true
String.raw`a\n${1}` //=> "a\\n1"
(function () { 'use strict'; return this === undefined; })() //=> true
(function () { undeclared = 5; })() //=> throws ReferenceError
(function () { try { arguments.callee; return 'no'; } catch (e) { return e.name; } })() //=> "TypeError"
var f = (a = 1, b = () => a) => { var a = 2; return [a, b()]; }; f()[0] //=> 2
function f(a) { function a() {} return typeof a; } f(1) //=> "function"
function f(a) { var a; return a; } f(3) //=> 3
function f() { return g(); function g() { return 'inner'; } } f() //=> "inner"
(function () { return typeof f; var f = 1; })() //=> "undefined"
(function () { if (true) { return 1; } else { return 2; } })() //=> 1
(function () { return //=> throws SyntaxError
5; })() //=> throws SyntaxError
var x = function () { return 1; } //=> null
var a = [1, 2] //=> null
;[a[0], a[1]] = [a[1], a[0]]; a //=> throws ReferenceError
var x = 1 //=> null
++x //=> throws ReferenceError
x //=> throws ReferenceError
(function(){}).constructor === Function //=> true
typeof Function.prototype.call //=> "function"
(function f(a, b) { return a + b; }).toString() //=> "function f(a, b) { return a + b; }"
(x => x + 1).toString() //=> "x => x + 1"
var o = {m(a) { return a; }}; o.m.toString() //=> "m(a) { return a; }"
(function () { return Function('return this')() === globalThis; })() //=> true
[1, 2, 3].map(parseInt) //=> [1,null,null]
['1', '2', '3'].map(Number) //=> [1,2,3]
