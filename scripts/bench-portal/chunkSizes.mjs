// What browsers load of each plugin: every chunk that holds sources of ours, gzip, with whether each page loads it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../../packages/app/dist', import.meta.url));

export async function* chunkSizes() {
  const folder = join(dist, 'static');
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const totals = new Map();
  const rows = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.js')) continue;
    const map = await readFile(join(folder, `${name}.map`), 'utf8').catch(
      () => undefined,
    );
    if (!map) continue;
    const plugins = [...new Set(JSON.parse(map).sources.flatMap(pluginOf))];
    if (!plugins.length) continue;
    const value = gzipSync(await readFile(join(folder, name))).length / 1024;
    const first = page.includes(`/static/${name}`);
    const plugin = plugins.sort().join(' + ');
    rows.push({ plugin, value, first });
    if (!first) totals.set(plugin, (totals.get(plugin) ?? 0) + value);
  }
  rows.sort((a, b) => b.value - a.value);
  const largest = new Set();
  for (const { plugin, value, first } of rows) {
    if (largest.has(plugin + first)) continue;
    largest.add(plugin + first);
    yield {
      measure: first
        ? `app shell with the extensions of ${plugin}, gzip`
        : `largest chunk of ${plugin}, gzip`,
      value: round(value),
      unit: 'KiB',
    };
  }
  for (const [plugin, value] of totals)
    yield {
      measure: `all chunks of ${plugin}, gzip`,
      value: round(value),
      unit: 'KiB',
    };
}

/** The plugin that a source file of ours belongs to; its -common package counts as the plugin. */
function pluginOf(source) {
  const found = /\/plugins\/([a-z-]+?)(?:-common|-react)?\/src\//.exec(source);
  return found && !source.includes('node_modules') ? [found[1]] : [];
}

function round(value) {
  return Math.round(value * 10) / 10;
}
