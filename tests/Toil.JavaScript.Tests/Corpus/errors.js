new Error('m').message + new Error('m').name + String(new TypeError('t')) //=> "mErrorTypeError: t"
var e = new Error('outer', {cause: 'inner'}); e.cause //=> "inner"
[new RangeError() instanceof Error, RangeError.prototype.name, Object.prototype.toString.call(new RangeError()), Error('x') instanceof Error] //=> [true,"RangeError","[object Error]",true]
Object.keys(new Error('x')) //=> []
new AggregateError([1, 2], 'many').errors //=> [1,2]
typeof new Error('x').stack //=> "string"
Error.prototype.toString.call({name: 'N', message: 'M'}) //=> "N: M"
try { null.f(); } catch (e) { [e.name, e.message, e instanceof TypeError] } //=> ["TypeError","Cannot read properties of null (reading 'f')",true]
try { undefined.x.y; } catch (e) { e.message } //=> "Cannot read properties of undefined (reading 'x')"
try { var o = {}; o.f(); } catch (e) { e.message } //=> "o.f is not a function"
try { x; let x; } catch (e) { e.message } //=> "Cannot access 'x' before initialization"
try { const c = 1; c = 2; } catch (e) { e.message } //=> "Assignment to constant variable."
try { [].reduce((a, b) => a); } catch (e) { e.message } //=> "Reduce of empty array with no initial value"
try { 'x'.repeat(-1); } catch (e) { e.message } //=> "Invalid count value: -1"
try { new Array(-1); } catch (e) { e.message } //=> "Invalid array length"
try { (1).toFixed(200); } catch (e) { e.message } //=> "toFixed() digits argument must be between 0 and 100"
try { Object.freeze([1]).push(2); } catch (e) { e.message } //=> "Cannot add property 1, object is not extensible"
try { var o = Object.freeze({a: 1}); o.a = 2; } catch (e) { e.message } //=> "Cannot assign to read only property 'a' of object '#<Object>'"
try { Symbol() + ''; } catch (e) { e.message } //=> "Cannot convert a Symbol value to a string"
try { decodeURIComponent('%'); } catch (e) { e.name + e.message } //=> "URIErrorURI malformed"
try { null[Symbol.iterator]; } catch (e) { e.name } //=> "TypeError"
try { new (class A { constructor() { throw new RangeError('in ctor'); } })(); } catch (e) { e.message } //=> "in ctor"
try { class A { constructor() { this.x; } } A(); } catch (e) { e.message } //=> "Class constructor A cannot be invoked without 'new'"
try { ({}).x.y.z; } catch (e) { e.message } //=> "Cannot read properties of undefined (reading 'y')"
try { 1 in 'x'; } catch (e) { e.name } //=> "TypeError"
try { [...undefined]; } catch (e) { e.name } //=> "TypeError"
try { var {a} = null; } catch (e) { e.name } //=> "TypeError"
try { JSON.parse('{bad'); } catch (e) { e.name } //=> "SyntaxError"
try { throw 5; } catch (e) { e + 1 } //=> 6
try { throw null; } catch (e) { e } //=> null
let e = 1; try { throw 2; } catch (e) { e; } e //=> 1
function f() { throw new Error('deep'); } function g() { f(); } try { g(); } catch (e) { e.message } //=> "deep"
var err = new TypeError('x'); err.name = 'Custom'; String(err) //=> "Custom: x"
class V extends Error { get name() { return 'V'; } } String(new V('bad')) //=> "V: bad"
Error.captureStackTrace === undefined || 'ok' //=> "ok"
var r = []; try { try { throw 1; } catch (e) { r.push(e); throw 2; } finally { r.push('f'); } } catch (e) { r.push(e); } r //=> [1,"f",2]
throw new Error('top') //=> throws Error
throw new (class MyErr extends Error { constructor() { super('mine'); this.name = 'MyErr'; } })() //=> throws MyErr
nope.x //=> throws ReferenceError
let a = 1; let a = 2; //=> throws SyntaxError
var x = ; //=> throws SyntaxError
if ( //=> throws SyntaxError
{ //=> throws SyntaxError
foo bar //=> throws SyntaxError
1 + //=> throws SyntaxError
'unclosed //=> throws SyntaxError
`unclosed //=> throws SyntaxError
/unclosed //=> throws SyntaxError
var 1a //=> throws SyntaxError
({a b}) //=> throws SyntaxError
function () {} //=> throws SyntaxError
return 5 //=> throws SyntaxError
break //=> throws SyntaxError
continue //=> throws SyntaxError
await x //=> throws SyntaxError
yield = 1 //=> throws SyntaxError
let let = 1 //=> throws SyntaxError
(class { m() { with ({}) {} } }) //=> throws SyntaxError
010 //=> throws SyntaxError
'\01' //=> throws SyntaxError
delete x //=> throws SyntaxError
eval = 1 //=> throws SyntaxError
arguments = 1 //=> throws SyntaxError
(a, a) => 1 //=> throws SyntaxError
function f(a, a) {} //=> throws SyntaxError
var public = 1 //=> throws SyntaxError
({a = 1}) //=> throws SyntaxError
[a + 1] = [2] //=> throws SyntaxError
1 = 2 //=> throws SyntaxError
++1 //=> throws SyntaxError
for (let x of [], []) ; //=> throws SyntaxError
for (const x; ;) ; //=> throws SyntaxError
const x //=> throws SyntaxError
new.target //=> throws SyntaxError
super.x //=> throws SyntaxError
class A { constructor() {} constructor() {} } //=> throws SyntaxError
class A { constructor() { super(); } } //=> throws SyntaxError
({get x(a) {}}) //=> throws SyntaxError
a ?? b || c //=> throws SyntaxError
-1 ** 2 //=> throws SyntaxError
label: label: ; //=> throws SyntaxError
() => {} () //=> throws SyntaxError
a => {} + 1 //=> throws SyntaxError
import x from 'y' //=> throws SyntaxError
export default 1 //=> throws SyntaxError
if (1) let x = 1 //=> throws SyntaxError
if (1) function f() {} //=> throws SyntaxError
while (0) class A {} //=> throws SyntaxError
{ let x; var x; } //=> throws SyntaxError
let [a, a] = [1, 2] //=> throws SyntaxError
"\u{110000}" //=> throws SyntaxError
/(/ //=> throws SyntaxError
/[b-a]/ //=> throws SyntaxError
class A { #x; #x; } //=> throws SyntaxError
class A { m() { this.#y; } } //=> throws SyntaxError
a?.b = 1 //=> throws SyntaxError
a?.`x` //=> throws SyntaxError
} //=> throws SyntaxError
) //=> throws SyntaxError
@ //=> throws SyntaxError
#x //=> throws SyntaxError
\ //=> throws SyntaxError
for (var i = 0 in {}) ; //=> throws SyntaxError
try {} //=> throws SyntaxError
switch (1) { default: default: } //=> throws SyntaxError
throw //=> throws SyntaxError
new //=> throws SyntaxError
function* g() { yield = 1; } //=> throws SyntaxError
function* g(a = yield) {} //=> throws SyntaxError
