// What the portal costs: set-up, start, memory, bytes sent to browsers, time to interactive. Prints a table, or with
// --json one object a line: measure, value, unit. --only setup|start|memory|chunks|pages measures one part.
import { cpus, release, totalmem } from 'node:os';
import { chunkSizes } from './bench-portal/chunkSizes.mjs';
import { memoryUnderRollouts } from './bench-portal/memoryUnderRollouts.mjs';
import { setupTime } from './bench-portal/setupTime.mjs';
import { startTime } from './bench-portal/startTime.mjs';
import { timeToInteractive } from './bench-portal/timeToInteractive.mjs';
import { buildPages } from './pages.mjs';

const parts = {
  setup: setupTime,
  start: startTime,
  memory: memoryUnderRollouts,
  chunks: chunkSizes,
  pages: timeToInteractive,
};
const args = process.argv.slice(2);
const json = args.includes('--json');
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : '';
if (only && !(only in parts)) {
  process.stderr.write(
    `--only takes one of ${Object.keys(parts).join(', ')}\n`,
  );
  process.exit(2);
}

if (!json)
  process.stdout.write(
    `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
      `${process.platform} ${release()}, Node ${process.versions.node}\n\n`,
  );
await buildPages({
  progress: text => process.stderr.write(`slipway: ${text}\n`),
});
for (const [name, measure] of Object.entries(parts)) {
  if (only && only !== name) continue;
  for await (const row of measure()) print(row);
}

/** @param row - { measure, value, unit } */
function print(row) {
  process.stdout.write(
    json
      ? `${JSON.stringify(row)}\n`
      : `${row.measure.padEnd(64)} ${String(row.value).padStart(10)} ${row.unit}\n`,
  );
}
