function* g() { yield 1; yield 2; return 3; } [...g()] //=> [1,2]
function* g() { const x = yield 'a'; const y = yield x + 'b'; return [x, y]; } var i = g(); [i.next(), i.next(1), i.next(2), i.next()] //=> [{"value":"a","done":false},{"value":"1b","done":false},{"value":[1,2],"done":true},{"done":true}]
function* g() { try { yield 1; } catch (e) { yield 'caught ' + e; } finally { yield 'fin'; } } var i = g(); [i.next(), i.throw('x'), i.next(), i.next()] //=> [{"value":1,"done":false},{"value":"caught x","done":false},{"value":"fin","done":false},{"done":true}]
function* g() { try { yield 1; yield 2; } finally { log.push('closed'); } } var log = []; for (const x of g()) { log.push(x); break; } log //=> [1,"closed"]
function* g() { for (let i = 0; i < 3; i++) yield i * i; } Array.from(g()) //=> [0,1,4]
function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } } var r = []; for (const x of fib()) { if (x > 50) break; r.push(x); } r //=> [0,1,1,2,3,5,8,13,21,34]
function* inner() { const r = yield 'i1'; return 'ret' + r; } function* outer() { const v = yield* inner(); yield v; } var i = outer(); [i.next(), i.next('X'), i.next()] //=> [{"value":"i1","done":false},{"value":"retX","done":false},{"done":true}]
function* g() { yield* [1, 2]; yield* 'ab'; } [...g()] //=> [1,2,"a","b"]
function* g() { const o = {a: yield 1, b: [yield 2, yield 3]}; return o; } var i = g(); i.next(); i.next('a'); i.next('b'); i.next('c').value //=> {"a":"a","b":["b","c"]}
function* g() { return (yield 1) + (yield 2) * (yield 3); } var i = g(); i.next(); i.next(10); i.next(2); i.next(5).value //=> 20
function* g() { return f(yield 'x', 1, yield 'y'); } var f = (...a) => a; var i = g(); i.next(); i.next('p'); i.next('q').value //=> ["p",1,"q"]
function* g(n) { while (n > 0) { if (n % 2) yield n; n--; } } [...g(6)] //=> [5,3,1]
function* g() { var i = 0; do { yield i; i++; } while (i < 3); } [...g()] //=> [0,1,2]
function* g() { for (const k in {a: 1, b: 2}) yield k; } [...g()] //=> ["a","b"]
function* g() { for (const x of [1, 2, 3]) { if (x === 2) continue; yield x; } } [...g()] //=> [1,3]
function* g() { outer: for (const x of [1, 2]) { for (const y of [1, 2]) { if (y === 2) continue outer; yield [x, y]; } } } [...g()] //=> [[1,1],[2,1]]
function* g(x) { switch (x) { case 1: yield 'one'; case 2: yield 'two'; break; default: yield 'other'; } } [[...g(1)], [...g(2)], [...g(3)]] //=> [["one","two"],["two"],["other"]]
function* g() { const c = (yield 1) ? yield 'yes' : yield 'no'; return c; } var i = g(); [i.next().value, i.next(true).value, i.next('end').value] //=> [1,"yes","end"]
function* g() { const c = (yield 1) && (yield 2); return c; } var i = g(); [i.next(), i.next(0)] //=> [{"value":1,"done":false},{"value":0,"done":true}]
function* g() { let s = 0; s += yield s; s += yield s; return s; } var i = g(); [i.next().value, i.next(5).value, i.next(7).value] //=> [0,5,12]
function* g() { const o = {n: 1}; o.n += yield; o['k'] = yield; return o; } var i = g(); i.next(); i.next(4); i.next(9).value //=> {"n":5,"k":9}
function* g() { yield; yield; } [...g()] //=> [null,null]
function* g() { return `${yield 1}-${yield 2}`; } var i = g(); i.next(); i.next('a'); i.next('b').value //=> "a-b"
function* g() { throw new Error('inside'); } try { g().next(); } catch (e) { e.message } //=> "inside"
function* g() { yield 1; } var i = g(); i.return(5) //=> {"value":5,"done":true}
function* g() { yield 1; yield 2; } var i = g(); i.next(); [i.return(5), i.next()] //=> [{"value":5,"done":true},{"done":true}]
function* g() { yield 1; } var i = g(); try { i.throw(new Error('early')); } catch (e) { e.message } //=> "early"
function* g() { const [a, b = 2] = [yield 1]; return [a, b]; } var i = g(); i.next(); i.next('v').value //=> ["v",2]
function* g() { let fs = []; for (let i = 0; i < 3; i++) { yield; fs.push(() => i); } return fs.map(f => f()); } var i = g(); i.next(); i.next(); i.next(); i.next().value //=> [0,1,2]
var o = {*m() { yield this.x; }, x: 4}; [...o.m()] //=> [4]
var g = function* () { yield 1; }; Object.prototype.toString.call(g()) //=> "[object Generator]"
function* g() {} [typeof g, g() instanceof g, g()[Symbol.iterator]() !== undefined] //=> ["function",true,true]
var it = {from: 1, to: 3, [Symbol.iterator]() { let c = this.from, t = this.to; return {next: () => c <= t ? {value: c++, done: false} : {value: undefined, done: true}}; }}; [[...it], Math.max(...it), Array.from(it, x => x * 2)] //=> [[1,2,3],3,[2,4,6]]
var closed = false; var it = {[Symbol.iterator]() { return {next: () => ({value: 1, done: false}), return() { closed = true; return {}; }}; }}; for (const x of it) break; closed //=> true
var closed = false; var it = {[Symbol.iterator]() { return {next: () => ({value: 1, done: false}), return() { closed = true; return {}; }}; }}; var [a] = it; [a, closed] //=> [1,true]
var closed = false; var it = {[Symbol.iterator]() { return {next: () => ({value: 1, done: false}), return() { closed = true; return {}; }}; }}; try { for (const x of it) throw 'e'; } catch (e) {} closed //=> true
for (const x of 5) ; //=> throws TypeError
[...{}] //=> throws TypeError
var [a, b] = new Map([[1, 2], [3, 4]]); [a, b] //=> [[1,2],[3,4]]
var e = [5, 6].entries(); [e.next(), [...e]] //=> [{"value":[0,5],"done":false},[[1,6]]]
[...[1, 2].keys()] //=> [0,1]
new Map([['a', 1]])[Symbol.iterator]().next() //=> {"value":["a",1],"done":false}
function* take(n, it) { let i = 0; for (const x of it) { if (i++ >= n) return; yield x; } } function* nat() { let n = 0; while (true) yield n++; } [...take(4, nat())] //=> [0,1,2,3]
function* walk(t) { if (t) { yield* walk(t.l); yield t.v; yield* walk(t.r); } } [...walk({v: 2, l: {v: 1}, r: {v: 3}})] //=> [1,2,3]
