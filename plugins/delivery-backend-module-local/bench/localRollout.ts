// Whether a rollout loses requests, and what the proxy costs: the real delivery plugin, engine and embedded runtime
// carry a canary, a blue-green switch and a rollback out while 200 requests a second arrive at the component's address,
// and as many, in turn, go straight to a process of the same software that nothing is done to.
import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOf, startPortal } from '../src/__testUtils__/startPortal';
import type { LoadAnswer, LoadCommand } from './steadyLoad';

const perSecond = 200;
const warmUpMs = 3000;
// Load goes on for so long after a rollout has ended, so that what is drained late is seen as well.
const afterwardsMs = 2000;

const server = `
const http = require('node:http');
const server = http.createServer((req, res) => {
  res.setHeader('x-port', process.env.PORT);
  if (req.method === 'POST') req.pipe(res);
  else res.end('{"version":"' + process.env.VERSION + '"}');
});
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.listen(Number(process.env.PORT), process.env.HOST);
`;

const canary: Strategy = {
  canary: {
    steps: [5, 20, 40, 60, 80].flatMap(setWeight => [
      { setWeight },
      { pause: { duration: 2 } },
    ]),
  },
};
const blueGreen: Strategy = { blueGreen: { scaleDownDelaySeconds: 2 } };

/** One line of `--json`. Milliseconds; `direct…` without the proxy. */
interface Result {
  scenario: string;
  sent: number;
  ok: number;
  failed: number;
  p50Ms: number;
  p99Ms: number;
  directP50Ms: number;
  directP99Ms: number;
}

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const portal = await startPortal({
    components: ['shop', 'reference'],
    firstPort: 33_000,
  });
  const load = startLoad();
  try {
    const path = join(portal.root, 'server');
    mkdirSync(path);
    writeFileSync(join(path, 'server.js'), server);
    const release = (component: string, version: string) =>
      portal.release(component, {
        version,
        artifact: {
          kind: 'directory',
          spec: { path, command: ['node', 'server.js'] },
        },
        configuration: { values: { VERSION: version } },
      });
    const reference = await portal.rollOut(
      'reference',
      await release('reference', '1.0.0'),
    );
    const first = await portal.rollOut('shop', await release('shop', '1.0.0'), {
      replicas: 2,
    });
    const second = await release('shop', '2.0.0');
    const third = await release('shop', '3.0.0');
    const proxied = addressOf(first);
    load.tell({
      type: 'start',
      perSecond,
      addresses: { proxied, direct: await ownAddress(addressOf(reference)) },
    });
    await pause(warmUpMs);

    const scenarios = {
      canary: () => portal.rollOut('shop', second, { strategy: canary }),
      'blue-green': () =>
        portal.rollOut('shop', third, { strategy: blueGreen }),
      rollback: () => portal.rollBack('shop'),
    };
    for (const [scenario, run] of Object.entries(scenarios)) {
      load.tell({ type: 'begin' });
      const rollout = await run();
      if (rollout.phase !== 'succeeded')
        throw new Error(`${scenario} ${rollout.phase}: ${rollout.message}`);
      await pause(afterwardsMs);
      const { proxied: through, direct } = await load.numbers();
      const { problems, ...numbers } = through;
      print(json, {
        scenario,
        ...numbers,
        directP50Ms: direct.p50Ms,
        directP99Ms: direct.p99Ms,
      });
      if (through.failed) {
        process.stderr.write(`${scenario}: ${problems.join('; ')}\n`);
        process.exitCode = 1;
      }
    }
  } finally {
    load.tell({ type: 'stop' });
    await portal.stop();
  }
}

function startLoad() {
  const child = fork(join(__dirname, 'steadyLoad.ts'));
  return {
    tell(command: LoadCommand) {
      child.send(command);
    },
    numbers(): Promise<LoadAnswer['numbers']> {
      return new Promise((resolve, reject) => {
        child.on('message', (answer: Partial<LoadAnswer>) => {
          // The loader that runs TypeScript sends messages of its own.
          if (answer.type === 'numbers' && answer.numbers)
            resolve(answer.numbers);
        });
        child.once('exit', code =>
          reject(new Error(`The load ended: ${code}`)),
        );
        child.send({ type: 'end' } satisfies LoadCommand);
      });
    },
  };
}

/** Where the process behind an address listens itself, as it says. */
async function ownAddress(address: string): Promise<string> {
  const answer = await fetch(address);
  return `http://127.0.0.1:${answer.headers.get('x-port')}`;
}

const columns: Array<keyof Result> = [
  'scenario',
  'sent',
  'ok',
  'failed',
  'p50Ms',
  'p99Ms',
  'directP50Ms',
  'directP99Ms',
];
let headed = false;

function print(json: boolean, result: Result): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const row = (cells: unknown[]) =>
    `${cells.map(cell => String(cell).padStart(12)).join('')}\n`;
  if (!headed) process.stdout.write(row(columns));
  headed = true;
  process.stdout.write(row(columns.map(column => result[column])));
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

main().then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
