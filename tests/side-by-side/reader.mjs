// Reads a NAR from memory with what the official Kaitai Struct compiler makes of the specification.
//
//   node reader.mjs SPEC-FOLDER FILE SECONDS
//
// prints how many nanoseconds a node takes: the median of the rounds that fit in the time.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, file, seconds] = process.argv.slice(2);
const require = createRequire(new URL('../Nario.Interop.Tests/kaitai/package.json', import.meta.url));
const compiler = require('kaitai-struct-compiler');
const yaml = require('yaml');
const KaitaiStream = require('kaitai-struct/KaitaiStream');

const spec = yaml.parse(fs.readFileSync(path.join(folder, 'nar.ksy'), 'utf8'));
const sources = await compiler.compile('javascript', spec, {}, false);
const module = { exports: {} };
new Function('exports', 'module', 'require', sources['Nar.js'])(module.exports, module, require);
const { Nar } = module.exports;

const bytes = fs.readFileSync(file);

function countNodes(node) {
  let nodes = 1;
  for (const { body } of node.body.entries ?? []) {
    if (body) {
      nodes += countNodes(body.node);
    }
  }
  return nodes;
}

const nodes = countNodes(new Nar(new KaitaiStream(bytes)).root);
const rounds = [];
const end = performance.now() + 1000 * Number(seconds);
while (performance.now() < end) {
  const start = performance.now();
  new Nar(new KaitaiStream(bytes));
  rounds.push((performance.now() - start) * 1e6 / nodes);
}
rounds.sort((left, right) => left - right);
console.log(rounds[rounds.length >> 1].toFixed(1));
