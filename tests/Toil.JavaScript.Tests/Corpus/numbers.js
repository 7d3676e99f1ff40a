[0, -0, 1, -1, 1.5, 100, 1e21, 1e-7, 123456789.123, 0.000001, 1e300, 5e-324, 1.7976931348623157e308].map(String) //=> ["0","0","1","-1","1.5","100","1e+21","1e-7","123456789.123","0.000001","1e+300","5e-324","1.7976931348623157e+308"]
[0.1, 1/3, 2/3, 1e100, 4.35, 0.1 + 0.7, 9.95, 123.456e5].map(String) //=> ["0.1","0.3333333333333333","0.6666666666666666","1e+100","4.35","0.7999999999999999","9.95","12345600"]
[1e20, 123456789012345678901, 1.5e21, 12e-6, 12e-7].map(String) //=> ["100000000000000000000","123456789012345680000","1.5e+21","0.000012","0.0000012"]
(1.005).toFixed(2) + ' ' + (1.45).toFixed(1) + ' ' + (2.5).toFixed(0) + ' ' + (0.5).toFixed(0) + ' ' + (-2.5).toFixed(0) + ' ' + (1e21).toFixed(2) //=> "1.00 1.4 3 1 -3 1e+21"
(0).toFixed(2) + (-0.0001).toFixed(2) + (123.456).toFixed(10) + (1e-10).toFixed(2) + (0.000001).toFixed(7) //=> "0.00-0.00123.45600000000.000.0000010"
(1.23e20).toFixed(2) //=> "123000000000000000000.00"
(25).toFixed(101) //=> throws RangeError
[1.255, 8.345, 10.235, 1.0000005].map(x => x.toFixed(2)) //=> ["1.25","8.35","10.23","1.00"]
(123.456).toPrecision(4) + ' ' + (0.000123).toPrecision(2) + ' ' + (1234567).toPrecision(2) + ' ' + (0).toPrecision(3) + ' ' + (1e21).toPrecision(3) //=> "123.5 0.00012 1.2e+6 0.00 1.00e+21"
(99.99).toPrecision(3) + ' ' + (1.25).toPrecision(2) + ' ' + (0.00001).toPrecision(1) + ' ' + (1e-7).toPrecision(2) //=> "100 1.3 0.00001 1.0e-7"
(123456).toExponential(2) + ' ' + (0).toExponential() + ' ' + (0.00015).toExponential() + ' ' + (-1.5e-9).toExponential(3) + ' ' + (99.99).toExponential(1) //=> "1.23e+5 0e+0 1.5e-4 -1.500e-9 1.0e+2"
(255).toString(16) + ' ' + (255).toString(2) + ' ' + (-255).toString(36) + ' ' + (0.5).toString(2) + ' ' + (3.75).toString(8) //=> "ff 11111111 -73 0.1 3.6"
(0.1).toString(2) //=> "0.0001100110011001100110011001100110011001100110011001101"
(0.1).toString(3) //=> "0.0022002200220022002200220022002201"
(123.456).toString(36) //=> "3f.gez4w97ry"
(5).toString(1) //=> throws RangeError
Math.PI.toString(16) //=> "3.243f6a8885a3"
(1234567.891).toLocaleString() //=> "1,234,567.891"
(1234.5).toLocaleString('en-US', {minimumFractionDigits: 2}) //=> "1,234.50"
(0).toLocaleString() + (-1234).toLocaleString() + (1e6).toLocaleString() //=> "0-1,2341,000,000"
[parseInt('42px'), parseInt('0x1F'), parseInt('101', 2), parseInt('z', 36), parseInt('  -7.9'), parseInt(''), parseInt('1e3'), parseInt(null), parseInt('9007199254740993'), parseInt(0.0000005), parseInt('12', 37)] //=> [42,31,5,35,-7,null,1,null,9007199254740992,5,null]
[parseFloat('3.14abc'), parseFloat('.5'), parseFloat('-.5e-2x'), parseFloat('abc'), parseFloat('1e'), parseFloat('1e+'), parseFloat('-Infinityx'), parseFloat('  7 ')].map(String) //=> ["3.14","0.5","-0.005","NaN","1","1","-Infinity","7"]
[Number(''), Number(' 1 '), Number('1 2'), Number('0x'), Number('1e1000'), Number(false), Number([]), Number(['7']), Number({}), Number('١'), Number(new Date(5))].map(String) //=> ["0","1","NaN","NaN","Infinity","0","0","7","NaN","NaN","5"]
[isNaN('x'), isNaN(''), isFinite('12'), isFinite(Infinity), Number.isNaN('x'), Number.isFinite('12'), Number.isInteger(5.0), Number.isInteger('5'), Number.isSafeInteger(2 ** 53)] //=> [true,false,true,false,false,false,true,false,false]
[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.EPSILON, Number.MAX_VALUE, Number.MIN_VALUE] //=> [9007199254740991,-9007199254740991,2.220446049250313e-16,1.7976931348623157e+308,5e-324]
[Math.floor(-1.5), Math.ceil(-1.5), Math.round(-1.5), Math.round(1.5), Math.round(2.5), Math.round(-0.4), Math.trunc(-1.9), Math.round(0.49999999999999994), Math.round(1e300)] //=> [-2,-1,-1,2,3,0,-1,0,1e+300]
[Math.max(), Math.min(), Math.max(1, 'x'), Math.max(1, '3'), Math.min(0, -0)].map(String) //=> ["-Infinity","Infinity","NaN","3","0"]
[Math.abs(-5), Math.sign(-3), Math.sqrt(16), Math.cbrt(27), Math.hypot(3, 4), Math.pow(2, 0.5), Math.exp(1), Math.log(Math.E), Math.log2(8), Math.log10(1000), Math.log1p(0)] //=> [5,-1,4,3,5,1.4142135623730951,2.718281828459045,1,3,3,0]
[Math.sin(0), Math.cos(0), Math.tan(0), Math.atan2(1, 1), Math.asin(1), Math.acos(1), Math.sinh(0), Math.cosh(0), Math.tanh(0)] //=> [0,1,0,0.7853981633974483,1.5707963267948966,0,0,1,0]
[Math.clz32(1), Math.imul(3, 4), Math.fround(5.5), Math.imul(0xffffffff, 5)] //=> [31,12,5.5,-5]
Math.random() >= 0 && Math.random() < 1 //=> true
[0.1 * 3, 0.1 + 0.2, 1.1 * 1.1, 3 * 1.1, 4.35 * 100, 1.005 * 1000] //=> [0.30000000000000004,0.30000000000000004,1.2100000000000002,3.3000000000000003,434.99999999999994,1004.9999999999999]
[5 / 2 | 0, -5 / 2 | 0, ~~(7 / 2), 7 / 2 >> 0] //=> [2,-2,3,3]
Number('12.50') + Number('1e3') //=> 1012.5
new Number(5) + 1 + typeof new Number(5) //=> "6object"
(12).constructor === Number //=> true
5..toString() + 5.0.toFixed(1) + (5).toString() //=> "55.05"
1.0.toString() + 1.50.toString() //=> "11.5"
Math.ceil(10 / 3) * 1024 * 1024 //=> 4194304
Math.round(1.005 * 100) / 100 //=> 1
(1024 ** 3).toString() + ' ' + 2 ** 53 + ' ' + (2 ** 64) //=> "1073741824 9007199254740992 18446744073709552000"
[1, 10, 100, 1e3, 1e15, 1e16, 1e17, 1e20, 1e22].map(x => x + '') //=> ["1","10","100","1000","1000000000000000","10000000000000000","100000000000000000","100000000000000000000","1e+22"]
0xff.toString() + 0b11 + 0o7 //=> "25537"
NaN.toString() + Infinity //=> "NaNInfinity"
Number.parseFloat === parseFloat //=> true
(25).toString(36).toUpperCase() //=> "P"
[1e21 % 7, 5.5 % 2, -5.5 % 2, 5 % 0, 0 % 5, Infinity % 2].map(String) //=> ["6","1.5","-1.5","NaN","0","NaN"]
Number.prototype.toFixed.call('x') //=> throws TypeError
