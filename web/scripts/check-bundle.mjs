// What the browser fetches before the first page stands stays under 250 kB gzipped.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 250_000;
const dist = new URL('../dist/', import.meta.url).pathname;
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const size = (file) => gzipSync(readFileSync(join(dist, 'assets', file)), { level: 9 }).length;
const files = readdirSync(join(dist, 'assets'));
const first = new Set([...html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map((found) => found[1]));
// Home is the first page; its own chunk and one language of messages come with it.
const home = files.find((file) => /^HomePage-.*\.js$/.test(file));
const queue = [...first, ...(home ? [home] : [])];
for (const file of queue) {
  first.add(file);
  if (!file.endsWith('.js')) continue;
  for (const [, next] of readFileSync(join(dist, 'assets', file), 'utf8').matchAll(
    /(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g,
  )) {
    if (!first.has(next)) {
      first.add(next);
      queue.push(next);
    }
  }
}
for (const style of files.filter((file) => /^HomePage-.*\.css$/.test(file))) first.add(style);
const messages = files
  .filter((file) => /^(common|home)-.*\.js$/.test(file))
  .map(size)
  .sort((a, b) => b - a)
  .slice(0, 2)
  .reduce((sum, one) => sum + one, 0);
const total = [...first].reduce((sum, file) => sum + size(file), 0) + messages;
console.log(`first load: ${total} bytes gzipped of ${LIMIT} (${first.size} files)`);
if (total > LIMIT) process.exit(1);
