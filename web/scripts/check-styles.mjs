// Every Mantine part that the source imports has its styles imported in src/design/mantine-parts.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const parts = readFileSync(join(root, 'src/design/mantine-parts.ts'), 'utf8');
const used = new Set();
for (const file of readdirSync(join(root, 'src'), { recursive: true })) {
  if (!/\.tsx?$/.test(file)) continue;
  for (const [, names] of readFileSync(join(root, 'src', file), 'utf8').matchAll(
    /import\s*\{([^}]+)\}\s*from\s*'@mantine\/core'/g,
  )) {
    for (const name of names.split(',')) used.add(name.trim().split(/\s/)[0]);
  }
}
// Parts without a file of their own that are drawn by others.
const drawnBy = { Select: 'Combobox', MultiSelect: 'PillsInput', TagsInput: 'PillsInput', Autocomplete: 'Combobox' };
const missing = [...used].filter((name) => {
  const part = drawnBy[name] ?? name;
  return (
    existsSync(join(root, `node_modules/@mantine/core/styles/${part}.layer.css`)) &&
    !parts.includes(`/${part}.layer.css`)
  );
});
if (missing.length > 0) {
  console.error(`src/design/mantine-parts.ts lacks the styles of: ${missing.join(', ')}`);
  process.exit(1);
}
console.log(`styles of ${used.size} imported names are there`);
