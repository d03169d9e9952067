import { mockServices } from '@backstage/backend-test-utils';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConditionChecker } from './ConditionChecker';

const question = {
  pluginId: 'delivery',
  resourceRef: 'component:default/quotes@resource:default/staging',
  condition: {
    rule: 'HAS_ENVIRONMENT_TIER',
    resourceType: 'delivery-target',
    params: { tiers: ['staging'] },
  },
};

describe('ConditionChecker', () => {
  let server: Server;

  async function checkerFor(answer: RequestListener) {
    server = createServer(answer);
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as AddressInfo;
    return new ConditionChecker({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async plugin => `http://127.0.0.1:${port}/api/${plugin}`,
      }),
      logger: mockServices.logger.mock(),
    });
  }

  afterEach(async () => {
    await new Promise(done => {
      server.close(done);
    });
  });

  it('asks the plugin that owns the resource for all conditions at once', async () => {
    const asked: string[] = [];
    const checker = await checkerFor((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.setHeader('Content-Type', 'application/json');
      // In another order than they were asked.
      response.end(
        JSON.stringify({
          items: [
            { id: '1', result: 'DENY' },
            { id: '0', result: 'ALLOW' },
          ],
        }),
      );
    });
    const other = { ...question, condition: { ...question.condition } };
    const answers = await checker.check([question, other]);
    expect(answers.get(question.condition)).toBe(true);
    expect(answers.get(other.condition)).toBe(false);
    expect(asked).toEqual([
      'POST /api/delivery/.well-known/backstage/permissions/apply-conditions',
    ]);
  });

  it('takes no answer for a condition as one that does not hold', async () => {
    const checker = await checkerFor((_request, response) => {
      response.end(JSON.stringify({ items: [] }));
    });
    const answers = await checker.check([question]);
    expect(answers.get(question.condition)).toBe(false);
  });

  it('says which plugin does not answer, and nothing of what it said', async () => {
    const checker = await checkerFor((_request, response) => {
      response.writeHead(500).end('secret-host:5432 refused');
    });
    await expect(checker.check([question])).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^The plugin delivery, (?!.*secret)/),
    });
  });
});
