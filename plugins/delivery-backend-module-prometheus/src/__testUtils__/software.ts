/**
 * The source of a small web server with metrics as client libraries of Prometheus name them. It tells Prometheus where it
 * is, as a discovery would, with component and version as labels, and is ready when Prometheus has found it.
 */
export function software(options: {
  /** Folder of `file_sd_configs`. */
  targets: string;
  component: string;
  version: string;
  failPercent?: number;
  slowerMs?: number;
}): string {
  return `
const options = ${JSON.stringify({ failPercent: 0, slowerMs: 0, ...options })};
const { join } = require('node:path');
const { renameSync, rmSync, writeFileSync } = require('node:fs');
const bounds = [0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1];
const codes = { 200: 0, 500: 0 };
const buckets = bounds.map(() => 0);
let sum = 0;
let failing = 0;
let scrapes = 0;
const count = () => codes[200] + codes[500];
const metrics = () => [
  ...Object.entries(codes).filter(([, n]) => n).map(([code, n]) => 'http_requests_total{code="' + code + '"} ' + n),
  ...bounds.map((le, i) => 'http_request_duration_seconds_bucket{le="' + le + '"} ' + buckets[i]),
  'http_request_duration_seconds_bucket{le="+Inf"} ' + count(),
  'http_request_duration_seconds_sum ' + sum,
  'http_request_duration_seconds_count ' + count(),
  '',
].join('\\n');
const server = require('node:http').createServer((req, res) => {
  if (req.url === '/healthz') { res.statusCode = scrapes > 1 ? 200 : 503; return res.end(); }
  if (req.url === '/metrics') { scrapes += 1; return res.end(metrics()); }
  const began = Date.now();
  failing += options.failPercent;
  const code = failing >= 100 ? 500 : 200;
  if (code === 500) failing -= 100;
  setTimeout(() => {
    const seconds = (Date.now() - began) / 1000;
    codes[code] += 1;
    sum += seconds;
    bounds.forEach((le, i) => { if (seconds <= le) buckets[i] += 1; });
    res.statusCode = code;
    res.end();
  }, 10 + Math.random() * 20 + options.slowerMs);
});
const file = join(options.targets, [options.component, options.version, process.pid].join('-') + '.json');
process.on('SIGTERM', () => {
  rmSync(file, { force: true });
  server.close(() => process.exit(0));
});
server.listen(process.env.PORT, process.env.HOST, () => {
  const { component, version } = options;
  const targets = [process.env.HOST + ':' + process.env.PORT];
  writeFileSync(file + '.new', JSON.stringify([{ targets, labels: { component, version } }]));
  renameSync(file + '.new', file);
});
`;
}
