// Evaluates each snippet in a fresh context of Node, in strict code, as CWL runners do.
// node evaluate.cjs < snippets.json      prints the outcomes
// node evaluate.cjs --bless FILE...      writes them behind the snippets of files
const fs = require('fs');
const vm = require('vm');

function outcome(source) {
  try {
    const value = vm.runInNewContext('"use strict";void 0;' + source, {}, {timeout: 2000});
    return JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch (error) {
    const name = error !== null && typeof error === 'object' && 'stack' in error ? error.name : 'value';
    return 'throws ' + name;
  }
}

if (process.argv[2] === '--bless') {
  for (const file of process.argv.slice(3)) {
    const lines = fs.readFileSync(file, 'utf8').split('\n').filter(line => line.length > 0).map(line => line.split(' //=> ')[0]);
    fs.writeFileSync(file, lines.map(line => `${line} //=> ${outcome(line)}\n`).join(''));
  }
} else {
  console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, 'utf8')).map(outcome)));
}
