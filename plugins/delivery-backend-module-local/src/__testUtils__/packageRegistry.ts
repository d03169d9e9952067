import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Manifest {
  name: string;
  version: string;
  [key: string]: unknown;
}

/**
 * A stand-in for an npm registry on loopback, as far as `npm view` and `npm install` ask it (registry API of npm/registry),
 * with packages that the real npm has packed. So tests of npm artifacts need no network.
 */
export async function startPackageRegistry() {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-registry-'));
  const packages = new Map<string, Record<string, unknown>>();
  const tarballs = new Map<string, Buffer>();
  const server = createServer((req, res) => {
    const path = decodeURIComponent(req.url ?? '').slice(1);
    const tarball = tarballs.get(path);
    const versions = packages.get(path);
    if (tarball) {
      res.end(tarball);
      return;
    }
    res.setHeader('content-type', 'application/json');
    if (versions) {
      const latest = Object.keys(versions).at(-1);
      res.end(
        JSON.stringify({
          name: path,
          versions,
          'dist-tags': { latest },
        }),
      );
      return;
    }
    res.statusCode = 404;
    res.end(JSON.stringify({ error: 'Not found' }));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const settings = {
    npm_config_registry: url,
    npm_config_fetch_retries: '0',
    npm_config_cache: join(folder, 'cache'),
  };
  const before = Object.keys(settings).map(
    name => [name, process.env[name]] as const,
  );
  Object.assign(process.env, settings);

  return {
    /** Packs a package with the real npm and offers it. */
    async publish(
      manifest: Manifest,
      files: Record<string, string>,
      options: { spoiled?: boolean } = {},
    ): Promise<void> {
      const { name, version } = manifest;
      const source = join(folder, `${name}-${version}`);
      mkdirSync(source);
      const all = { ...files, 'package.json': JSON.stringify(manifest) };
      for (const [path, content] of Object.entries(all))
        writeFileSync(join(source, path), content);
      const { stdout } = await run(
        'npm',
        // npm keeps what it packs, and would install that instead of what is offered here.
        [
          'pack',
          '--json',
          '--ignore-scripts',
          '--cache',
          join(folder, 'packed'),
        ],
        { cwd: source },
      );
      const [packed] = JSON.parse(stdout);
      const content = readFileSync(join(source, packed.filename));
      const path = `${name}/-/${packed.filename}`;
      tarballs.set(path, options.spoiled ? content.subarray(0, -9) : content);
      packages.set(name, {
        ...packages.get(name),
        [version]: {
          ...manifest,
          dist: { integrity: packed.integrity, tarball: `${url}${path}` },
        },
      });
    },
    async stop(): Promise<void> {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
