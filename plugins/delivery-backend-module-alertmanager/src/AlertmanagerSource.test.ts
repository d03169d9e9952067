import { ConfigReader } from '@backstage/config';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Alertmanager,
  describeWithAlertmanager,
} from './__testUtils__/Alertmanager';
import { AlertmanagerSource } from './AlertmanagerSource';
import { readSettings } from './settings';

jest.setTimeout(60_000);

const { signal } = new AbortController();

function source(url: string, more: object = {}): AlertmanagerSource {
  const [settings] = readSettings(
    new ConfigReader({ delivery: { alertmanager: [{ url, ...more }] } }),
  );
  return new AlertmanagerSource(settings);
}

describeWithAlertmanager('a real Alertmanager', () => {
  let alertmanager: Alertmanager;
  beforeAll(async () => {
    alertmanager = await Alertmanager.start();
  });
  afterAll(() => alertmanager?.stop());

  const startsAt = '2026-11-24T01:02:03.000Z';
  const endsAt = '2126-11-24T01:02:03.000Z';
  const alert = (
    alertname: string,
    labels: Record<string, string>,
    annotations: Record<string, string> = {},
  ) => ({
    labels: { alertname, ...labels },
    annotations,
    startsAt,
    endsAt,
    generatorURL: 'http://prometheus.example/graph',
  });

  it('tells what people would be told: what is about a component, is active, and not silenced', async () => {
    await alertmanager.tell(
      alert(
        'SlowPayments',
        { component: 'checkout', environment: 'production', severity: 'page' },
        {
          summary: 'Payments are slow',
          runbook_url: 'https://runbooks.example/slow',
        },
      ),
      alert('DiskFills', {
        component: 'component:shop/search',
        severity: 'info',
      }),
      alert('Odd', { component: 'checkout', severity: 'sev3' }),
      alert('NoComponent', { severity: 'page' }),
      alert('Silenced', { component: 'checkout', team: 'quiet' }),
      { ...alert('Over', { component: 'checkout' }), endsAt: startsAt },
    );
    await alertmanager.silence('team', 'quiet');

    const open = await source(alertmanager.url).open({ signal });
    const byTitle = new Map(open.map(one => [one.title, one]));
    expect([...byTitle.keys()].sort()).toEqual([
      'DiskFills',
      'Odd',
      'Payments are slow',
    ]);
    expect(byTitle.get('Payments are slow')).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      title: 'Payments are slow',
      severity: 'critical',
      since: startsAt,
      url: 'https://runbooks.example/slow',
      componentRef: 'component:checkout',
      environmentName: 'production',
    });
    expect(byTitle.get('DiskFills')).toMatchObject({
      severity: 'info',
      componentRef: 'component:shop/search',
      url: 'http://prometheus.example/graph',
    });
    expect(byTitle.get('Odd')?.severity).toBe('warning');
  });

  it('is asked with the filters, labels and severities of the configuration', async () => {
    await alertmanager.tell(
      alert('Own', { app: 'ads', stage: 'live', level: 'red', shop: 'one' }),
      alert('Foreign', { app: 'ads', level: 'red', shop: 'two' }),
    );
    const open = await source(alertmanager.url, {
      filter: ['shop="one"'],
      labels: {
        component: ['slipway_component', 'app'],
        environment: 'stage',
        severity: 'level',
      },
      critical: ['red'],
    }).open({ signal });
    expect(open).toEqual([
      expect.objectContaining({
        title: 'Own',
        severity: 'critical',
        componentRef: 'component:ads',
        environmentName: 'live',
      }),
    ]);
  });

  it('says which filter it does not understand', async () => {
    await expect(
      source(alertmanager.url, { filter: ['shop one'] }).open({ signal }),
    ).rejects.toThrow(/answered 400: .*bad matcher format/);
  });
});

describe('what is not an Alertmanager', () => {
  async function answering(status: number, body: string) {
    const seen: Array<string | undefined> = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(status, { location: '/login' }).end(body);
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => {
      server.once('listening', resolve);
    });
    const { port } = server.address() as AddressInfo;
    try {
      const failed = await source(`http://127.0.0.1:${port}`, {
        headers: { Authorization: 'Bearer swordfish' },
      })
        .open({ signal })
        .catch((error: Error) => error.message);
      expect(seen).toEqual(['Bearer swordfish']);
      expect(failed).not.toContain('swordfish');
      return failed;
    } finally {
      server.close();
    }
  }

  it.each([
    [200, '<html>', 'did not answer as an Alertmanager'],
    [200, '[{"labels":1}]', 'did not answer as an Alertmanager'],
    [302, '', 'cannot be reached'],
    [401, 'no', 'answered 401: no'],
    [503, 'x'.repeat(9999), 'answered 503'],
  ])('is said to be none: %i %.10s', async (status, body, expected) => {
    expect(await answering(status, body)).toContain(expected);
  });

  it('is said not to be there', async () => {
    await expect(source('http://127.0.0.1:1').open({ signal })).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1 cannot be reached: .*(ECONNREFUSED|bad port)/,
    );
  });
});

describe('the configuration', () => {
  const read = (...entries: object[]) =>
    readSettings(
      new ConfigReader({ delivery: { alertmanager: entries as never } }),
    );

  it.each([
    [[{ url: 'alertmanager:9093' }], 'delivery.alertmanager[0].url must begin'],
    [
      [{ url: 'https://me:secret@alerts.example' }],
      'delivery.alertmanager[0].url must hold no user name',
    ],
    [
      [{ url: 'https://a.example' }, { url: 'https://b.example' }],
      "two are called 'alertmanager'",
    ],
    [[{}], 'url'],
  ])('that means nothing stops the start: %#', (entries, why) => {
    expect(() => read(...entries)).toThrow(why);
    expect(() => read(...entries)).not.toThrow('secret@');
  });

  it('may be left out', () => {
    expect(readSettings(new ConfigReader({}))).toEqual([]);
  });
});
