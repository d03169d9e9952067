import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import {
  checkout,
  DeliveryCalls,
  production,
  waitsHalfWay,
} from './__testUtils__/DeliveryCalls';
import { DocumentCheck } from './__testUtils__/DocumentCheck';
import { operations } from './__testUtils__/operations';
import {
  type RawRequest,
  requestArbitrary,
} from './__testUtils__/requestArbitrary';
import type { Known } from './__testUtils__/schemaArbitrary';
import { organisation } from './__testUtils__/organisation';
import { startDelivery } from './__testUtils__/startDelivery';

const full = process.env.SLIPWAY_CHAOS === 'full';
jest.setTimeout(full ? 1_800_000 : 60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const seed = Number(process.env.SLIPWAY_SEED ?? Date.now() % 2 ** 31);
/** Requests for an operation that takes a body; others have less that can be wrong. */
const runs = full ? 3000 : 250;

describe.each(databases.eachSupportedId())(
  'whatever is sent, on %s',
  databaseId => {
    const check = new DocumentCheck();
    const known: Known = {};
    const answers = new Map<number, number>();
    let delivery: Awaited<ReturnType<typeof startDelivery>>;
    const calls = new DeliveryCalls(() => delivery.server);

    beforeAll(async () => {
      delivery = await startDelivery(
        await databases.init(databaseId),
        mockServices.permissions.factory(),
        { entities: organisation },
      );
      const first = await calls.release('1.0.0');
      const second = await calls.release('2.0.0');
      const ended = await calls.rollOut(first);
      const waiting = await calls.start(second, { strategy: waitsHalfWay });
      await calls.paused(waiting);
      const { body: request, status } = await calls.post('/approval-requests', {
        title: 'Read the ledger',
        approval: { approvers: ['user:default/ben'] },
      });
      if (status !== 201) throw new Error(request.detail);
      Object.assign(known, {
        componentRef: [checkout, 'component:default/ledger'],
        environmentRef: [production, 'resource:default/development'],
        releaseId: [first, second],
        toReleaseId: [first],
        rolloutId: [ended.id, waiting],
        approvalId: [ended.id, request.id],
        kind: ['test'],
        spec: [{ name: 'software' }],
        'If-Match': ['"3"', '*'],
      } satisfies Known);
    });

    afterAll(async () => {
      await delivery?.backend.stop();
      const told = [...answers]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${count} × ${status}`);
      process.stdout.write(
        `fuzz on ${databaseId}: seed ${seed}, ${told.join(', ')}\n`,
      );
    });

    async function send({ method, path, headers, body }: RawRequest) {
      const { port } = delivery.server.address() as AddressInfo;
      const response = await new Promise<import('node:http').IncomingMessage>(
        (resolve, reject) => {
          httpRequest(
            {
              port,
              method,
              path: `/api/delivery${path}`,
              headers: {
                ...headers,
                ...(body !== undefined && {
                  'Content-Length': Buffer.byteLength(body),
                }),
              },
            },
            resolve,
          )
            .on('error', reject)
            .end(body);
        },
      );
      const { statusCode: status = 0 } = response;
      answers.set(status, (answers.get(status) ?? 0) + 1);
      return {
        status,
        type: response.headers['content-type'] ?? '',
        text: await textOf(response),
      };
    }

    it.each(operations)('$id answers as its document says', async operation => {
      await fc.assert(
        fc.asyncProperty(requestArbitrary(operation, known), async sent => {
          const answer = await send(sent);
          expect(check.problem(operation, answer)).toBeUndefined();
        }),
        { seed, numRuns: operation.body ? runs : Math.ceil(runs / 3) },
      );
    });
  },
);
