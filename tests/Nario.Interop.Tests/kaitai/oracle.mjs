// Reads narios with what the official Kaitai Struct compiler makes of the specifications.
//
//   node oracle.mjs SPEC-FOLDER [FILE…]
//
// prints one JSON object: the files that the compiler writes for each language, and what each nario holds.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import compiler from 'kaitai-struct-compiler';
import yaml from 'yaml';

const require = createRequire(import.meta.url);
const languages = ['javascript', 'csharp', 'java', 'python'];
const specs = ['nix_wire', 'nar', 'nario_v1', 'nario_v2'];
const refusal = /^(EOFError|Validation\w+Error)$/;
const version2Magic = Buffer.from('NARIO2\0\0');

const [folder, ...files] = process.argv.slice(2);

const loadSpec = (name) => yaml.parse(fs.readFileSync(path.join(folder, `${name}.ksy`), 'utf8'));
const importer = { importYaml: async (name) => loadSpec(name) };

/** Compiles all specs; a debug build notes where each field lies. */
async function compile(language, isDebug) {
  const sources = {};
  for (const spec of specs) {
    Object.assign(sources, await compiler.compile(language, loadSpec(spec), importer, isDebug));
  }
  return sources;
}

/** Makes modules of generated JavaScript without writing it down. */
function loadModules(sources) {
  const loaded = new Map();
  const load = (name) => {
    if (!(`${name}.js` in sources)) {
      return require(name);
    }
    if (!loaded.has(name)) {
      const module = { exports: {} };
      loaded.set(name, module);
      new Function('exports', 'module', 'require', sources[`${name}.js`])(
        module.exports, module, (target) => load(target.replace(/^\.\//, '')));
    }
    return loaded.get(name).exports;
  };
  return { version1: load('NarioV1').NarioV1, version2: load('NarioV2').NarioV2 };
}

const KaitaiStream = require('kaitai-struct/KaitaiStream');

/** Reads one nario: every field of it, and the NARs' bytes by the places of their fields. */
function read(formats, file) {
  const bytes = fs.readFileSync(file);
  const isVersion2 = bytes.subarray(0, version2Magic.length).equals(version2Magic);
  const nario = new (isVersion2 ? formats.version2 : formats.version1)(new KaitaiStream(bytes));
  const paths = [];
  let error = null;
  try {
    nario._read();
    for (const { body } of nario.entries) {
      if (body) {
        const { start, end } = body._debug.nar;
        const nar = bytes.subarray(start, end);
        paths.push({
          path: Buffer.from(body.info.path.bytes).toString('latin1'),
          narSize: nar.length,
          narHash: createHash('sha256').update(nar).digest('hex'),
        });
      }
    }
  } catch (caught) {
    if (!refusal.test(caught.name)) {
      throw caught;
    }
    error = `${caught.name}: ${caught.message}`;
  }
  return { file, isAccepted: error === null, error, paths };
}

const compiled = {};
for (const language of languages) {
  compiled[language] = Object.keys(await compile(language, false)).sort();
}

const formats = loadModules(await compile('javascript', true));
const narios = files.map((file) => read(formats, file));
process.stdout.write(`${JSON.stringify({ compiled, narios }, null, 1)}\n`);
