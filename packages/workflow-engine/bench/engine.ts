// What a durable workflow of four steps costs: this engine against its peers on the same database with the same
// durability, by turns, and beside them how often the same driver can commit at all.
import { durabilityOf, inTemporaryDatabase } from './databases';
import type { DatabaseName } from './databases';
import { dbos } from './peers/dbos';
import { openworkflow } from './peers/openworkflow';
import { slipway } from './peers/slipway';
import type { Contender } from './peers/Contender';
import { STEPS } from './peers/Contender';
import { rawCommitsPerSecond } from './rawCommits';
import { median } from './median';
import { startLatencyP50 } from './startLatency';

/** Handlers, workflows or commits under way at once, for everybody. */
const CONCURRENCY = 32;
const REPEATS = 5;
/** What a workflow keeps durably: its start, which is answered only then, and the end of each step. */
const KEPT = 1 + STEPS;
const RUNS = 1000;
const WARM_UP_RUNS = 200;

const round = (value: number): number => Math.round(value * 100) / 100;

/** One line of `--json`. */
interface Result {
  peer: string;
  database: DatabaseName;
  durability: string;
  /** Whole workflows of four steps, from the first start to the last end. */
  oursPerSecond: number;
  peerPerSecond: number;
  /** oursPerSecond / peerPerSecond. */
  ratio: number;
  /**
   * What we keep durably per second (a workflow's start and the end of each of its steps) divided by the one-row
   * transactions per second that the driver commits, which are measured right before and right after, because a
   * shared disk's speed changes from minute to minute.
   */
  ceilingShare: number;
  /** From the call of startRun to the first handler, on an idle engine. */
  startP50Ms: number;
}

async function runsPerSecond(
  contender: Contender,
  database: DatabaseName,
): Promise<number> {
  return inTemporaryDatabase(database, async location => {
    const session = await contender.open(location, CONCURRENCY);
    try {
      await session.complete(WARM_UP_RUNS);
      const started = performance.now();
      await session.complete(RUNS);
      return (RUNS * 1000) / (performance.now() - started);
    } finally {
      await session.close();
    }
  });
}

async function compare(
  peer: Contender,
  database: DatabaseName,
): Promise<Result> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const shares: number[] = [];
  const starts: number[] = [];
  const commitsPerSecond = () =>
    inTemporaryDatabase(database, location =>
      rawCommitsPerSecond(location, CONCURRENCY),
    );
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const before = await commitsPerSecond();
    const rate = await runsPerSecond(slipway, database);
    const after = await commitsPerSecond();
    ours.push(rate);
    shares.push((2 * KEPT * rate) / (before + after));
    theirs.push(await runsPerSecond(peer, database));
    starts.push(await inTemporaryDatabase(database, startLatencyP50));
  }
  return {
    peer: peer.name,
    database,
    durability: durabilityOf(database),
    oursPerSecond: Math.round(median(ours)),
    peerPerSecond: Math.round(median(theirs)),
    ratio: round(median(ours) / median(theirs)),
    ceilingShare: round(median(shares)),
    startP50Ms: round(median(starts)),
  };
}

function printTable(results: Result[]): void {
  process.stdout.write(
    `${STEPS} steps a workflow, ${CONCURRENCY} at once, medians of ${REPEATS} turns each\n`,
  );
  for (const database of new Set(results.map(result => result.database))) {
    process.stdout.write(`${database}: ${durabilityOf(database)}\n`);
  }
  const rows = [
    [
      'peer',
      'database',
      'ours/s',
      'peer/s',
      'ratio',
      'of commit ceiling',
      'start p50',
    ],
    ...results.map(result => [
      result.peer,
      result.database,
      String(result.oursPerSecond),
      String(result.peerPerSecond),
      `${result.ratio} x`,
      `${Math.round(result.ceilingShare * 100)} %`,
      `${result.startP50Ms} ms`,
    ]),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  for (const row of rows) {
    process.stdout.write(
      `${row.map((cell, column) => cell.padEnd(widths[column])).join('  ')}\n`,
    );
  }
}

async function main(): Promise<void> {
  const json = process.argv.includes('--json');
  const results: Result[] = [];
  for (const [peer, database] of [
    [openworkflow, 'sqlite'],
    [openworkflow, 'postgres'],
    [dbos, 'postgres'],
  ] as const) {
    const result = await compare(peer, database);
    results.push(result);
    if (json) {
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
  if (!json) {
    printTable(results);
  }
}

main().then(
  // The peers keep timers and sockets open that they offer no way to close.
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
