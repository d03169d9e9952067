// A portal with ports and data of its own, for benchmarks.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const port = 3027;

export class BenchPortal {
  url = `http://localhost:${port}`;
  /** Seconds from the command to a page that answers. */
  startSeconds = 0;
  #folder;
  #child;

  /** @param entities - YAML of catalog entities beside the example organisation */
  static async start(entities = '') {
    const portal = new BenchPortal();
    portal.#folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
    await writeFile(portal.path('entities.yaml'), entities);
    await writeFile(portal.path('config.yaml'), portal.#config());
    await portal.restart();
    return portal;
  }

  path(name) {
    return join(this.#folder, name);
  }

  async restart() {
    await this.#end();
    const started = Date.now();
    this.#child = spawn(
      process.execPath,
      [
        'scripts/start.mjs',
        '--config',
        'app-config.yaml',
        '--config',
        this.path('config.yaml'),
      ],
      {
        cwd: root,
        stdio: 'ignore',
        env: { ...process.env, SLIPWAY_DATA_DIR: this.#folder },
      },
    );
    const answers = async path =>
      (await fetch(this.url + path).catch(() => undefined))?.ok;
    while (
      !(await answers('/.backstage/health/v1/readiness')) ||
      !(await answers('/'))
    ) {
      if (this.#child.exitCode !== null)
        throw new Error('The portal did not start');
      await new Promise(done => setTimeout(done, 50));
    }
    this.startSeconds = (Date.now() - started) / 1000;
  }

  async stop() {
    await this.#end();
    // What it runs goes a few seconds later; its folder must not come back.
    await new Promise(done => setTimeout(done, 15_000));
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A token of one of the example users. */
  async signIn(user) {
    for (;;) {
      const answer = await fetch(`${this.url}/api/auth/exampleUsers/refresh`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Requested-With': 'XMLHttpRequest',
        },
        body: JSON.stringify({ userEntityRef: `user:default/${user}` }),
      }).catch(() => undefined);
      if (answer?.ok) return (await answer.json()).backstageIdentity.token;
      // The catalog is read a moment after the start.
      await new Promise(done => setTimeout(done, 200));
    }
  }

  /** Resident memory of the backend's process in MiB. */
  memory() {
    const sizes = descendants(this.#child.pid).map(pid => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    });
    // The command line tools around it are smaller.
    return Math.round(Math.max(...sizes) / 1024);
  }

  async #end() {
    if (!this.#child || this.#child.exitCode !== null) return;
    const ended = new Promise(done => this.#child.once('exit', done));
    this.#child.kill('SIGTERM');
    await ended;
  }

  #config() {
    return JSON.stringify({
      app: { baseUrl: this.url },
      backend: {
        baseUrl: this.url,
        listen: { port },
        cors: { origin: this.url },
      },
      catalog: {
        locations: [
          { type: 'file', target: join(root, 'catalog/all.yaml') },
          {
            type: 'file',
            target: this.path('entities.yaml'),
            rules: [{ allow: ['Component'] }],
          },
        ],
      },
      slipway: {
        repositories: {
          directory: this.path('repositories'),
          artifactsDirectory: this.path('artifacts'),
        },
      },
      delivery: {
        local: {
          dataDirectory: this.path('delivery-local'),
          artifactRoots: [this.path('artifacts')],
          portRange: { from: 34_000, to: 34_999 },
          reloadSeconds: 1,
          drainSeconds: 1,
          terminationGraceSeconds: 2,
        },
      },
    });
  }
}

function descendants(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return children.flatMap(child => [child, ...descendants(child)]);
}
