import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program =
  process.env.SLIPWAY_TEST_ALERTMANAGER ?? '/usr/bin/prometheus-alertmanager';

/** `describe` where there is an Alertmanager; else it is skipped, and says so loudly. */
export const describeWithAlertmanager = existsSync(program)
  ? describe
  : (process.stderr.write(
      `\n!!! SKIPPED: tests against a real Alertmanager: there is no ${program}. Set SLIPWAY_TEST_ALERTMANAGER to its program.\n\n`,
    ),
    describe.skip);

/** A real Alertmanager on loopback, with nothing in it. */
export class Alertmanager {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Alertmanager> {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-alertmanager-'));
    const config = join(folder, 'alertmanager.yml');
    writeFileSync(
      config,
      'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n',
    );
    const port = await freePort();
    const child = spawn(
      program,
      [
        `--config.file=${config}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    const started = new Alertmanager(`http://127.0.0.1:${port}`, child, folder);
    await started.ready();
    return started;
  }

  /** Tells it of alerts, as Prometheus does. */
  async tell(
    ...alerts: Array<{
      labels: Record<string, string>;
      annotations?: Record<string, string>;
      startsAt?: string;
      endsAt?: string;
      generatorURL?: string;
    }>
  ): Promise<void> {
    await this.post('/api/v2/alerts', alerts);
  }

  async silence(label: string, value: string): Promise<void> {
    await this.post('/api/v2/silences', {
      matchers: [{ name: label, value, isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      createdBy: 'test',
      comment: 'test',
    });
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
    throw new Error('Alertmanager did not get ready within 30 seconds');
  }

  private async post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${response.status}: ${await response.text()}`);
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
