import type { Engine } from './api/engine';
import type { RecordedEvent } from './api/records';
import { InvalidCursorError } from './errors';
import { ana, note, scripted, tell } from './__testUtils__/scriptedWorkflow';
import { describeDatabases } from './__testUtils__/testDatabases';
import { useTestEngines } from './__testUtils__/testEngines';

const waiting = { kind: 'waiting', wait: 'nothing' } as const;

async function readAll(engine: Engine, types?: string[], limit = 3) {
  const events: RecordedEvent[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await engine.feed({ after: cursor, limit, types });
    events.push(...page.events);
    cursor = page.cursor;
    if (!page.more) {
      return { events, cursor };
    }
  }
}

describeDatabases('The feed', kind => {
  const test = useTestEngines(kind);
  const start = (engine: Engine, ...texts: string[]) =>
    engine.startRun({
      type: scripted.type,
      command: tell({ events: texts.map(text => note(text)), status: waiting }),
      actor: ana,
    });

  it('gives every event once, in pages, and goes on from its cursor', async () => {
    const engine = await test.engine();
    expect(await engine.feed()).toMatchObject({ events: [], more: false });
    for (let index = 0; index < 4; index++) {
      await start(engine, `${index}a`, `${index}b`);
    }
    const first = await readAll(engine);
    expect(
      first.events.map(({ data }) => (data as ReturnType<typeof note>).text),
    ).toEqual([0, 1, 2, 3].flatMap(index => [`${index}a`, `${index}b`]));
    expect(await engine.feed({ after: first.cursor })).toEqual({
      events: [],
      cursor: first.cursor,
      more: false,
    });
    const { events } = await start(engine, 'new');
    expect((await engine.feed({ after: first.cursor })).events).toEqual(events);
    expect(
      (await engine.feed({ after: first.events[2].cursor })).events[0],
    ).toEqual(first.events[3]);
  });

  it('can be narrowed to types and its cursor still moves on', async () => {
    const engine = await test.engine();
    await engine.startRun({
      type: scripted.type,
      command: tell({
        events: [
          note('a'),
          { type: 'remarked', text: 'r' },
          note('b'),
          note('c'),
        ],
        status: waiting,
      }),
      actor: ana,
    });
    const { events, cursor } = await readAll(engine, ['remarked'], 1);
    expect(events.map(event => event.version)).toEqual([2]);
    expect(cursor).toBe((await readAll(engine)).cursor);
    expect((await readAll(engine, [])).events).toEqual([]);
    expect((await readAll(engine, ['noted'], 2)).events).toHaveLength(3);
  });

  it.each(['x', '1', '1.2.3', "0.0' OR 1=1", '-1.0'])(
    'refuses the cursor %s',
    async after => {
      const engine = await test.engine();
      await expect(engine.feed({ after })).rejects.toThrow(InvalidCursorError);
    },
  );

  it('has no gaps for a reader who follows while many write', async () => {
    const engines = [
      await test.engine(),
      await test.engine({ knex: test.connect() }),
    ];
    const seen: string[] = [];
    let cursor: string | undefined;
    let writing = true;
    const reader = (async () => {
      while (
        writing ||
        (await engines[0].feed({ after: cursor, limit: 1 })).events.length > 0
      ) {
        const page = await engines[0].feed({ after: cursor, limit: 7 });
        seen.push(...page.events.map(event => event.id));
        cursor = page.cursor;
        await new Promise(resolve => setTimeout(resolve, 1));
      }
    })();
    const written = await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const ids: string[] = [];
        for (let index = 0; index < 10; index++) {
          ids.push(
            ...(await start(engines[writer % 2], 'a', 'b')).events.map(
              event => event.id,
            ),
          );
        }
        return ids;
      }),
    );
    writing = false;
    await reader;
    expect([...seen].sort()).toEqual(written.flat().sort());
  });
});

describeDatabases(
  'The feed',
  kind => {
    const test = useTestEngines(kind);

    it('never shows an event behind a cursor, even if it was inserted early and committed late', async () => {
      const engine = await test.engine();
      const startRun = (
        id: string,
        tx?: Parameters<Engine['startRun']>[0]['tx'],
      ) =>
        engine.startRun({
          type: scripted.type,
          id,
          command: tell({ events: [note(id)], status: waiting }),
          actor: ana,
          tx,
        });
      await startRun('before');
      expect((await engine.feed()).events).toHaveLength(1);
      const tx = await test.knex.transaction();
      await startRun('early', tx);
      await startRun('late');
      const meanwhile = await engine.feed();
      expect(meanwhile.events.map(event => event.runId)).toEqual(['before']);
      const narrowed = await engine.feed({ types: ['noted'] });
      expect(narrowed.cursor).toBe(meanwhile.cursor);
      await tx.commit();
      const rest = await engine.feed({ after: meanwhile.cursor });
      expect(rest.events.map(event => event.runId)).toEqual(['early', 'late']);
    });

    it('does not wait for a long transaction of another database on the same server', async () => {
      const other = await kind.create();
      const elsewhere = await other.knex.transaction();
      try {
        // Only a transaction that writes has an id of its own.
        await elsewhere.raw('SELECT pg_current_xact_id()');
        const engine = await test.engine();
        await engine.startRun({
          type: scripted.type,
          id: 'here',
          command: tell({ events: [note('here')], status: waiting }),
          actor: ana,
        });
        for (const types of [undefined, ['noted']]) {
          const { events } = await engine.feed({ types });
          expect(events.map(event => event.runId)).toEqual(['here']);
        }
      } finally {
        await elsewhere.rollback();
        await other.destroy();
      }
    });
  },
  ['Postgres'],
);
