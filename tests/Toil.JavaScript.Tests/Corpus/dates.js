new Date(0).toISOString() //=> "1970-01-01T00:00:00.000Z"
new Date(Date.UTC(2024, 1, 29, 12, 30, 45, 678)).toISOString() //=> "2024-02-29T12:30:45.678Z"
Date.UTC(2024, 12) //=> 1735689600000
new Date('2024-03-10').getTime() //=> 1710028800000
new Date('2024-03-10T12:00:00Z').getTime() //=> 1710072000000
new Date('2024-03-10T12:00:00+02:00').toISOString() //=> "2024-03-10T10:00:00.000Z"
new Date('2024-03-10T12:00:00.5Z').toISOString() //=> "2024-03-10T12:00:00.500Z"
new Date('2024-03').toISOString() //=> "2024-03-01T00:00:00.000Z"
new Date('2024').toISOString() //=> "2024-01-01T00:00:00.000Z"
new Date('invalid').getTime() //=> null
String(new Date(NaN)) //=> "Invalid Date"
new Date(NaN).toISOString() //=> throws RangeError
new Date(NaN).toJSON() //=> null
JSON.stringify({d: new Date(86400000)}) //=> "{\"d\":\"1970-01-02T00:00:00.000Z\"}"
new Date(2024, 0, 31).getMonth() //=> 0
var d = new Date(2024, 0, 31); d.setMonth(1); [d.getMonth(), d.getDate()] //=> [2,2]
var d = new Date(Date.UTC(2024, 0, 31)); d.setUTCDate(32); d.toISOString() //=> "2024-02-01T00:00:00.000Z"
var d = new Date(0); d.setUTCFullYear(2000, 1, 29); d.toISOString() //=> "2000-02-29T00:00:00.000Z"
var d = new Date(0); d.setUTCHours(25, 61, 61, 1001); d.toISOString() //=> "1970-01-02T02:02:02.001Z"
var d = new Date(1e12); [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds()] //=> [2001,8,9,0,1,46,40,0]
new Date(1e12).toUTCString() //=> "Sun, 09 Sep 2001 01:46:40 GMT"
new Date(-1).toISOString() //=> "1969-12-31T23:59:59.999Z"
new Date(-62198755200000).toISOString() //=> "-000001-01-01T00:00:00.000Z"
new Date(253402300800000).toISOString() //=> "+010000-01-01T00:00:00.000Z"
new Date(8.64e15).toISOString() //=> "+275760-09-13T00:00:00.000Z"
new Date(8.64e15 + 1).getTime() //=> null
new Date(2024, 5, 15, 10, 20, 30).toString().slice(0, 24) //=> "Sat Jun 15 2024 10:20:30"
new Date(2024, 5, 15, 10, 20, 30).toDateString() //=> "Sat Jun 15 2024"
new Date(2024, 5, 15, 10, 20, 30).toLocaleDateString('en-US') //=> "6/15/2024"
new Date(2024, 5, 15, 22, 5, 30).toLocaleTimeString('en-US') //=> "10:05:30 PM"
new Date(2024, 5, 15, 0, 5, 3).toLocaleString('en-US').replace(/\s/g, ' ') //=> "6/15/2024, 12:05:03 AM"
new Date(new Date(5)).getTime() //=> 5
new Date(5) - new Date(2) //=> 3
typeof (new Date(5) + 1) //=> "string"
new Date(2020, 0) < new Date(2021, 0) //=> true
typeof Date() //=> "string"
Date.now() > 1.6e12 //=> true
new Date(99, 0).getFullYear() //=> 1999
new Date('Thu, 01 Jan 1970 00:00:01 GMT').getTime() //=> 1000
new Date('Jan 2, 1970 00:00:00 GMT').getTime() //=> 86400000
new Date('1970-01-01T00:00:00.123456Z').getTime() //=> 123
new Date('2024-13-01').getTime() //=> null
new Date('2024-01-01T25:00:00Z').getTime() //=> null
new Date(undefined).getTime() //=> null
new Date(null).getTime() //=> 0
new Date('').getTime() //=> null
Date.parse('2024-01-01T00:00:00Z') //=> 1704067200000
`${new Date(0).toISOString().slice(0, 10)}` //=> "1970-01-01"
new Date(2024, 0, 1).getTimezoneOffset() === new Date(2024, 0, 1).getTimezoneOffset() //=> true
Object.prototype.toString.call(new Date()) //=> "[object Date]"
new Date(2019, 0, 1, 0, 0, 0).valueOf() === +new Date(2019, 0) //=> true
Date.prototype.getTime.call({}) //=> throws TypeError
var d = new Date(0); d.setTime(5); d.getTime() //=> 5
new Date(0).toJSON() //=> "1970-01-01T00:00:00.000Z"
new Date(2024, 0, 1)[Symbol.toPrimitive]('number') === +new Date(2024, 0, 1) //=> true
