JSON.stringify({a: [1, 'x', null, undefined, () => 1, NaN, true], b: undefined, c: () => 1, d: {e: {}}}) //=> "{\"a\":[1,\"x\",null,null,null,null,true],\"d\":{\"e\":{}}}"
JSON.stringify([undefined, function () {}, Symbol()]) //=> "[null,null,null]"
JSON.stringify(undefined) //=> null
JSON.stringify('a"b\\c\n\u2028\ud800é') //=> "\"a\\\"b\\\\c\\n \\ud800é\""
JSON.stringify({a: 1, b: [1, 2], c: {}, d: []}, null, 2) //=> "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": {},\n  \"d\": []\n}"
JSON.stringify([1, [2]], null, '--') //=> "[\n--1,\n--[\n----2\n--]\n]"
JSON.stringify({a: 1, b: 2, c: {a: 3, b: 4}}, ['a', 'c']) //=> "{\"a\":1,\"c\":{\"a\":3}}"
JSON.stringify({a: 1, b: 'x'}, (k, v) => typeof v === 'number' ? v + 1 : v) //=> "{\"a\":2,\"b\":\"x\"}"
JSON.stringify({a: 1, b: 2}, (k, v) => k === 'a' ? undefined : v) //=> "{\"b\":2}"
JSON.stringify({toJSON() { return {x: 1}; }}) //=> "{\"x\":1}"
JSON.stringify({d: {toJSON(k) { return 'key ' + k; }}}) //=> "{\"d\":\"key d\"}"
JSON.stringify(new Date(0)) //=> "\"1970-01-01T00:00:00.000Z\""
JSON.stringify(Object.create({inherited: 1})) //=> "{}"
JSON.stringify([new Number(1), new String('s'), new Boolean(false), Object(Symbol())]) //=> "[1,\"s\",false,{}]"
JSON.stringify({a: Infinity, b: -0, c: 1e21, d: 1e-7}) //=> "{\"a\":null,\"b\":0,\"c\":1e+21,\"d\":1e-7}"
JSON.stringify(new Map([[1, 2]])) + JSON.stringify(new Set([1])) + JSON.stringify(/x/) + JSON.stringify(new Error('m')) //=> "{}{}{}{}"
var o = {}; o.o = o; JSON.stringify(o) //=> throws TypeError
JSON.stringify({1: 1, b: 2, a: 3, 0: 4}) //=> "{\"0\":4,\"1\":1,\"b\":2,\"a\":3}"
JSON.stringify(null) + JSON.stringify(true) + JSON.stringify('x') + JSON.stringify(1) //=> "nulltrue\"x\"1"
JSON.stringify('\x07\b\f\r\t') //=> "\"\\u0007\\b\\f\\r\\t\""
JSON.parse('{"a":[1,2,{"b":null}],"c":"\\u0041\\n\\ud83d\\ude00"}') //=> {"a":[1,2,{"b":null}],"c":"A\n😀"}
JSON.parse(' [1 , -2.5e3 , true,false , null,"" ] ') //=> [1,-2500,true,false,null,""]
JSON.parse('"x"') + JSON.parse('1') //=> "x1"
JSON.parse('{"a":1,"a":2}') //=> {"a":2}
JSON.parse('{"__proto__":1}').hasOwnProperty('__proto__') //=> true
JSON.parse('[1,2,3]', (k, v) => typeof v === 'number' ? v * 2 : v) //=> [2,4,6]
JSON.parse('{"a":1,"b":2}', (k, v) => k === 'a' ? undefined : v) //=> {"b":2}
var keys = []; JSON.parse('{"a":{"b":1},"c":[2]}', function (k, v) { keys.push(k); return v; }); keys //=> ["b","a","0","c",""]
JSON.parse('{a:1}') //=> throws SyntaxError
JSON.parse("{'a':1}") //=> throws SyntaxError
JSON.parse('[1,]') //=> throws SyntaxError
JSON.parse('') //=> throws SyntaxError
JSON.parse('01') //=> throws SyntaxError
JSON.parse('1.') //=> throws SyntaxError
JSON.parse('"a\nb"') //=> throws SyntaxError
JSON.parse('[1] x') //=> throws SyntaxError
JSON.parse('tru') //=> throws SyntaxError
JSON.parse(undefined) //=> throws SyntaxError
JSON.parse(null) //=> null
JSON.parse('{"10":1,"9":2,"a":3}') //=> {"9":2,"10":1,"a":3}
JSON.parse(JSON.stringify({a: [1, {b: 'c'}]})) //=> {"a":[1,{"b":"c"}]}
JSON.stringify({a: 'é', b: '日本', c: '😀'}) //=> "{\"a\":\"é\",\"b\":\"日本\",\"c\":\"😀\"}"
JSON.stringify([[]], null, 1) //=> "[\n []\n]"
JSON.stringify({}, null, 4) //=> "{}"
JSON.stringify([1,2], null, 20).length //=> 28
JSON.stringify({a:[{}]}, null, '\t') //=> "{\n\t\"a\": [\n\t\t{}\n\t]\n}"
JSON.stringify({get x() { return 5; }}) //=> "{\"x\":5}"
JSON.stringify(Object.defineProperty({}, 'h', {value: 1})) //=> "{}"
JSON.stringify('\u007f\u0080') //=> "\"\""
JSON[Symbol.toStringTag] //=> "JSON"
