// Reads inputs with what the official Kaitai Struct compiler makes of a specification in JavaScript:
//
//   node dump.mjs PACKAGES SPECIFICATIONS SPECIFICATION [FILE…]
//
// PACKAGES is a folder in which the packages are installed. Prints a list with the tree of each file, every instance
// evaluated: objects by the names of their members, bytes as {"$bytes": hexadecimal}, an object that is met again as
// {"$seen": true}, and a member that cannot be read as {"$error": message}.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [packages, root, main, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(packages), 'package.json'));
const compiler = require('kaitai-struct-compiler');
const yaml = require('yaml');
const KaitaiStream = require('kaitai-struct/KaitaiStream');

const load = (file) => yaml.parse(fs.readFileSync(file, 'utf8'));
const importer = {
  importYaml: async (name, mode) => {
    const places = mode === 'abs'
      ? [path.join(root, `${name}.ksy`)]
      : [path.join(path.dirname(main), `${name}.ksy`), path.join(root, `${name}.ksy`), ...everywhere(path.basename(name))];
    return load(places.find((place) => fs.existsSync(place)));
  },
};

/** Finds specifications by name: the importer is not told which one imports. */
function everywhere(name) {
  return fs.readdirSync(root, { recursive: true })
    .filter((file) => path.basename(file) === `${name}.ksy`)
    .map((file) => path.join(root, file));
}

const sources = await compiler.compile('javascript', load(main), importer, false);
const loaded = new Map();
const module = (name) => {
  if (!(`${name}.js` in sources)) {
    return require(name);
  }
  if (!loaded.has(name)) {
    const made = { exports: {} };
    loaded.set(name, made);
    new Function('exports', 'module', 'require', sources[`${name}.js`])(
      made.exports, made, (target) => module(target.replace(/^\.\//, '')));
  }
  return loaded.get(name).exports;
};
const id = load(main).meta.id;
const name = id.split('_').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
const Format = module(name)[name];

function tree(value, seen) {
  if (value === undefined || value === null) {
    return null;
  }
  if (value instanceof Uint8Array) {
    return { $bytes: Buffer.from(value).toString('hex') };
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value, (item) => tree(item, seen));
  }
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (typeof value !== 'object') {
    return Number.isNaN(value) ? null : value;
  }
  if (seen.has(value)) {
    return { $seen: true };
  }
  seen.add(value);
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))
    .filter(([, property]) => property.get)
    .map(([key]) => key);
  const names = [...new Set([...Object.keys(value), ...getters])].filter((key) => !key.startsWith('_')).sort();
  const result = {};
  for (const key of names) {
    try {
      result[key] = tree(value[key], seen);
    } catch (error) {
      result[key] = { $error: `${error.name}: ${error.message}` };
    }
  }
  return result;
}

const trees = files.map((file) => {
  try {
    return tree(new Format(new KaitaiStream(fs.readFileSync(file))), new Set());
  } catch (error) {
    return { $error: `${error.name}: ${error.message}` };
  }
});
process.stdout.write(JSON.stringify(trees));
