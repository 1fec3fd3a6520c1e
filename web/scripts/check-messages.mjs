// Both languages have the same areas, keys and {arguments}; no Japanese stands in the source outside the message files;
// every key that the source names literally exists.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const problems = [];

function flat(value, prefix = '', into = new Map()) {
  for (const [key, child] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof child === 'object' && child !== null) flat(child, path, into);
    else into.set(path, String(child));
  }
  return into;
}

const areas = (language) =>
  readdirSync(join(root, 'src/messages', language))
    .filter((file) => file.endsWith('.json'))
    .sort();
const read = (language, area) => flat(JSON.parse(readFileSync(join(root, 'src/messages', language, area), 'utf8')));
const argumentsOf = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort().join();

const [ja, en] = [areas('ja'), areas('en')];
for (const area of new Set([...ja, ...en])) {
  if (!ja.includes(area) || !en.includes(area)) {
    problems.push(`messages/${area}: only in ${ja.includes(area) ? 'ja' : 'en'}`);
    continue;
  }
  const [left, right] = [read('ja', area), read('en', area)];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    if (!left.has(key)) problems.push(`ja/${area}: ${key} is missing`);
    else if (!right.has(key)) problems.push(`en/${area}: ${key} is missing`);
    else if (left.get(key).trim() === '' || right.get(key).trim() === '') problems.push(`${area}: ${key} is empty`);
    else if (argumentsOf(left.get(key)) !== argumentsOf(right.get(key)))
      problems.push(`${area}: ${key} has other {arguments} in ja and en`);
  }
}

const japanese = /[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]/;
// Weekday and calendar words of dates, and the folding of kana, are code and not text.
const allowed = new Set(['app/format.ts', 'app/fold.ts']);
const known = new Map(ja.map((area) => [area.replace('.json', ''), read('ja', area)]));
for (const file of readdirSync(join(root, 'src'), { recursive: true })) {
  if (!/\.tsx?$/.test(file)) continue;
  const text = readFileSync(join(root, 'src', file), 'utf8');
  text.split('\n').forEach((line, index) => {
    const code = line
      .replace(/\/\/.*$/, '')
      .replace(/\/\*.*?\*\//g, '')
      .replace(/^\s*\*.*/, '');
    if (
      japanese.test(code) &&
      !allowed.has(file) &&
      !/[＊（）、・×　]/.test(code.match(new RegExp(japanese, 'g'))?.join('') ?? '')
    )
      problems.push(`${file}:${index + 1}: Japanese text outside the message files`);
  });
  const namespaces = [...text.matchAll(/useTranslation\((?:'([\w-]+)'|\[([^\]]+)\])?\)/g)].flatMap(([, one, many]) =>
    one ? [one] : many ? many.split(',').map((name) => name.trim().replace(/'/g, '')) : [],
  );
  for (const [, key] of text.matchAll(/\bt\('([\w.:-]+)'/g)) {
    const [area, path] = key.includes(':') ? key.split(':') : [null, key];
    const places = area ? [area] : [...namespaces, 'common'];
    if (!places.some((place) => known.get(place)?.has(path)))
      problems.push(`${file}: no message ${key} in ${places.join(', ')}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(
  `${ja.length} areas, ${[...known.values()].reduce((sum, area) => sum + area.size, 0)} messages in both languages`,
);
