import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigReader } from '@backstage/config';
import {
  PrometheusClient,
  readServers,
} from '@slipway/backstage-plugin-prometheus-node';
import { generate } from 'selfsigned';

const program = process.env.SLIPWAY_TEST_PROMETHEUS ?? '/usr/bin/prometheus';

/** `describe` where there is a Prometheus; else it is skipped, and says so loudly. */
export const describeWithPrometheus = existsSync(program)
  ? describe
  : (process.stderr.write(
      `\n!!! SKIPPED: tests against a real Prometheus: there is no ${program}. Set SLIPWAY_TEST_PROMETHEUS to its program.\n\n`,
    ),
    describe.skip);

export const password = 'swordfish';
// bcrypt of the password above, as Prometheus' web configuration wants it.
const passwordHash =
  '$2b$04$abcdefghijklmnopqrstuugIEnm3ZbWF6xb2GcoE3L1CoGJFMKtu.';

/**
 * A real Prometheus on loopback, behind TLS and a password of its own, which scrapes what is written into its folder of
 * targets four times a second.
 */
export class Prometheus {
  readonly folder = mkdtempSync(join(tmpdir(), 'slipway-prometheus-'));
  /** Of files as `file_sd_configs` takes them. */
  readonly targets = join(this.folder, 'targets');
  #child?: ChildProcess;

  private constructor(
    readonly port: number,
    private readonly certificate: string,
  ) {}

  static async start(
    options: {
      remoteRead?: string;
      /** Sent to whatever is scraped. */
      token?: string;
    } = {},
  ): Promise<Prometheus> {
    const { cert, private: key } = generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        days: 30,
        keySize: 2048,
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [{ type: 7, ip: '127.0.0.1' }],
          },
        ],
      },
    );
    const prometheus = new Prometheus(await freePort(), cert);
    prometheus.write({
      'cert.pem': cert,
      'key.pem': key,
      'web.yml': JSON.stringify({
        tls_server_config: { cert_file: 'cert.pem', key_file: 'key.pem' },
        basic_auth_users: { slipway: passwordHash },
      }),
      'prometheus.yml': JSON.stringify({
        global: { scrape_interval: '250ms', scrape_timeout: '250ms' },
        scrape_configs: [
          {
            job_name: 'releases',
            ...(options.token && {
              authorization: { credentials: options.token },
            }),
            file_sd_configs: [
              { files: ['targets/*.json'], refresh_interval: '1s' },
            ],
          },
        ],
        ...(options.remoteRead && {
          remote_read: [{ url: options.remoteRead, read_recent: true }],
        }),
      }),
    });
    mkdirSync(prometheus.targets);
    await prometheus.run();
    return prometheus;
  }

  /** An entry of `delivery.prometheus.servers`. */
  get entry() {
    return {
      url: `https://127.0.0.1:${this.port}/`,
      auth: { basic: { username: 'slipway', password } },
      tls: { ca: this.certificate },
    };
  }

  /** A client of its own, which the test closes. */
  client(more: object = {}): PrometheusClient {
    const [settings] = readServers(
      new ConfigReader({
        delivery: { prometheus: { servers: [{ ...this.entry, ...more }] } },
      }),
      'delivery.prometheus.servers',
    );
    return new PrometheusClient(settings);
  }

  /**
   * Has it know what was, beside what it scrapes: OpenMetrics text, with the instants in seconds. It is restarted.
   * Prometheus' own promtool writes it.
   */
  async backfill(openMetrics: string): Promise<void> {
    await this.stop();
    this.write({ 'history.txt': openMetrics });
    await promisify(execFile)(
      join(dirname(program), 'promtool'),
      ['tsdb', 'create-blocks-from', 'openmetrics', 'history.txt', 'data'],
      { cwd: this.folder },
    );
    await this.run();
  }

  /** Starts its process, with all that it knew before, and waits until it answers. */
  async run(): Promise<void> {
    this.#child = spawn(
      program,
      [
        `--config.file=${join(this.folder, 'prometheus.yml')}`,
        `--web.config.file=${join(this.folder, 'web.yml')}`,
        `--storage.tsdb.path=${join(this.folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${this.port}`,
      ],
      { stdio: 'ignore' },
    );
    const client = this.client();
    const deadline = Date.now() + 60_000;
    try {
      for (;;) {
        try {
          const { signal } = new AbortController();
          await client.instant('1', { signal });
          return;
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await new Promise(resolve => {
            setTimeout(resolve, 100);
          });
        }
      }
    } finally {
      await client.close();
    }
  }

  /** Ends its process; what it knows stays. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const ended = new Promise(resolve => {
      child.once('exit', resolve);
    });
    child.kill('SIGTERM');
    await ended;
  }

  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // JSON is YAML.
  private write(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(this.folder, name), content);
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
