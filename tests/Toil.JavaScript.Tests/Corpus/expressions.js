var inputs = {reads: [{basename: 'a_R1.fq.gz', size: 100}, {basename: 'a_R2.fq.gz', size: 50}]}; inputs.reads.map(f => f.basename.replace(/_R[12]\.fq\.gz$/, '')).filter((x, i, a) => a.indexOf(x) === i) //=> ["a"]
var inputs = {ram: 4096.5, threads: 3}; Math.ceil(inputs.ram / 1024) + 'G -t' + inputs.threads //=> "5G -t3"
(function () { var out = []; for (var i = 0; i < 3; i++) { out.push({class: 'File', path: 'f' + i}); } return {files: out}; })() //=> {"files":[{"class":"File","path":"f0"},{"class":"File","path":"f1"},{"class":"File","path":"f2"}]}
(function () { var r = {}; ['a', 'b'].forEach(function (k, i) { r[k] = i; }); return r; })() //=> {"a":0,"b":1}
(function () { if (!Array.isArray(null)) { return null; } })() //=> null
(function () { var lines = 'x\t1\ny\t2\n'.split('\n'); var o = {}; for (var i in lines) { var p = lines[i].split('\t'); if (p.length === 2) o[p[0]] = parseInt(p[1], 10); } return o; })() //=> {"x":1,"y":2}
(function () { var s = 0; var files = [{size: 10}, {size: 32}]; for (var i = 0; i < files.length; ++i) s += files[i].size; return Math.round(s / 1024 / 1024 * 3) + 20; })() //=> 20
(function () { function pad(n) { return n < 10 ? '0' + n : '' + n; } return [1, 10].map(pad).join(':'); })() //=> "01:10"
'file:///tmp/x y.txt'.replace('file://', '').split('/').slice(-1)[0] //=> "x y.txt"
(function () { var exts = ['.bai', '^.bai']; return exts.map(function (e) { return e[0] === '^' ? 'a' + e.slice(1) : 'a.bam' + e; }); })() //=> ["a.bam.bai","a.bai"]
JSON.parse('{"x": [1, 2]}').x.map(v => ({v})) //=> [{"v":1},{"v":2}]
(function () { var a = [3, 1, 2]; var b = a.slice().sort(); return [a, b]; })() //=> [[3,1,2],[1,2,3]]
(function () { return {a: 1, b: [1, {c: null}], d: 'x', e: undefined}; })() //=> {"a":1,"b":[1,{"c":null}],"d":"x"}
[1, [2, [3]], {a: {}}] //=> [1,[2,[3]],{"a":{}}]
var chunk = (a, n) => a.length ? [a.slice(0, n), ...chunk(a.slice(n), n)] : []; chunk([1, 2, 3, 4, 5], 2) //=> [[1,2],[3,4],[5]]
var zip = (a, b) => a.map((x, i) => [x, b[i]]); zip([1, 2], ['a', 'b']) //=> [[1,"a"],[2,"b"]]
var flat = a => a.reduce((r, x) => r.concat(Array.isArray(x) ? flat(x) : x), []); flat([1, [2, [3, [4]]]]) //=> [1,2,3,4]
var uniq = a => [...new Set(a)]; uniq([1, 2, 1]) //=> [1,2]
var deep = {a: {b: [{c: 1}]}}; deep?.a?.b?.[0]?.c ?? 'none' //=> 1
(() => { const {a, ...rest} = {a: 1, b: 2, c: 3}; return {rest, sum: Object.values(rest).reduce((x, y) => x + y, 0)}; })() //=> {"rest":{"b":2,"c":3},"sum":5}
(function () { var t = ''; for (var i = 0; i < 5; i++) { t += String.fromCharCode(65 + i); } return t; })() //=> "ABCDE"
(function () { var d = new Date(Date.UTC(2020, 0, 1)); return d.getUTCFullYear() + '-' + (d.getUTCMonth() + 1); })() //=> "2020-1"
(function () { var m = 'Sample_01-L002'.match(/^Sample_(\d+)-L(\d{3})$/); return m ? {sample: +m[1], lane: parseInt(m[2])} : null; })() //=> {"sample":1,"lane":2}
(function () { try { return JSON.parse('not json'); } catch (e) { return e.name; } })() //=> "SyntaxError"
(function (self) { return self[0].contents.split('\n').filter(Boolean).length; })([{contents: 'a\nb\n\n'}]) //=> 2
(function () { var o = {b: 1, a: 2}; return Object.keys(o).sort().map(function (k) { return k + '=' + o[k]; }).join('&'); })() //=> "a=2&b=1"
parseInt('42\n') //=> 42
parseFloat('3.5e2\n') //=> 350
(function () { return [1, 2, 3].indexOf(4) > -1 ? 'yes' : 'no'; })() //=> "no"
['chr10', 'chr2', 'chrX'].sort((a, b) => a.localeCompare(b, undefined, {numeric: true})) //=> ["chr2","chr10","chrX"]
`--mem=${(2048 / 1024).toFixed(1)}G` //=> "--mem=2.0G"
[..."ACGT"].map(c => ({A: 'T', C: 'G', G: 'C', T: 'A'})[c]).reverse().join('') //=> "ACGT"
(function () { var counts = {}; 'ACGTACG'.split('').forEach(c => counts[c] = ~~counts[c] + 1); return counts; })() //=> {"A":2,"C":2,"G":2,"T":1}
(function(){ var a = {}; a.b = a.c = 3; return a; })() //=> {"c":3,"b":3}
(function(){ var x = 10; var f = function(){ return x; }; x = 20; return f(); })() //=> 20
(function () { return typeof require === 'undefined' && typeof window === 'undefined' && typeof process === 'undefined'; })() //=> true
