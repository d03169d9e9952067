import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { execFile } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { satisfies, validRange } from 'semver';
import { errorCode } from '../agent/errorCode';
import type { ArtifactSource } from './ArtifactSource';
import { dependenciesOfManifest } from './npmDependencies';
import { checkPlaceholders } from './placeholders';

const run = promisify(execFile);
const maxOutput = 16 * 1024 * 1024;
const viewedFields = [
  'name',
  'version',
  'dist.integrity',
  'bin',
  'engines',
  'dependencies',
];

// npm's names of what trying again does not mend.
const missing = new Set([
  'E404',
  'ETARGET',
  'EINVALIDPACKAGENAME',
  'ENOVERSIONS',
]);
const wrong = new Set([
  'E401',
  'E403',
  'EBADPLATFORM',
  'EINTEGRITY',
  'ERESOLVE',
  'EUNSUPPORTEDPROTOCOL',
  'TAR_BAD_ARCHIVE',
]);

// What npm needs to reach a registry. The backend's other variables may be secrets, and scripts could read them.
const passedOn =
  /^(PATH|HOME|TMPDIR|LANG|npm_config_.*|(https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i;

/** Packages of the npm registry that this machine's npm is set up for. */
export function npmArtifact(options: {
  npmCommand: string;
  allowScripts: boolean;
}): ArtifactSource {
  async function npm(args: string[], cwd: string, signal: AbortSignal) {
    try {
      // What is wrong is read from its errors, however silent npm is set here.
      const loud = [...args, '--loglevel=error'];
      const { stdout } = await run(options.npmCommand, loud, {
        cwd,
        signal,
        maxBuffer: maxOutput,
        env: Object.fromEntries(
          Object.entries(process.env).filter(([name]) => passedOn.test(name)),
        ) as NodeJS.ProcessEnv,
      });
      return stdout;
    } catch (error) {
      throw npmError(error, args);
    }
  }

  return {
    kind: 'npm',
    title: 'npm package',
    // Servers from a registry write data to where they are started, and serve what lies there.
    startsAtHome: true,
    schema: {
      type: 'object',
      required: ['package', 'version'],
      additionalProperties: false,
      properties: {
        package: {
          type: 'string',
          title: 'Package',
          pattern: '^(@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$',
          maxLength: 214,
        },
        version: {
          type: 'string',
          title: 'Version',
          description: 'Exact, or a tag such as latest',
          pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]*$',
          maxLength: 128,
          'x-follows-version': true,
        },
        bin: {
          type: 'string',
          title: 'Command',
          description: 'Needed only when the package has several',
          pattern: '^[A-Za-z0-9._-]+$',
        },
        args: {
          type: 'array',
          title: 'Arguments',
          description: '{port} and {host} stand for where it shall listen.',
          items: { type: 'string', maxLength: 4096 },
          maxItems: 100,
        },
      },
    },

    async resolve(spec, { expectedDigest, signal }) {
      checkPlaceholders(spec.args, 'args');
      const wanted = `${spec.package}@${spec.version}`;
      const output = await npm(
        ['view', wanted, ...viewedFields, '--json'],
        process.cwd(),
        signal,
      );
      const found: unknown = output.trim() ? JSON.parse(output) : undefined;
      const { version, integrity, bin, engines, dependencies } = viewed(found);
      if (!version) throw new InputError(`The npm registry has no ${wanted}`);
      // What cannot be started shall be known when the release is made, not when it is rolled out.
      binOf({ bin }, String(spec.package), spec.bin);
      checkEngine(`${spec.package}@${version}`, engines?.node);
      if (!integrity)
        throw new InputError(
          `The npm registry knows no sha512 integrity of ${wanted}, so it cannot be released by digest`,
        );
      if (expectedDigest && expectedDigest !== integrity)
        throw new InputError(
          `${wanted} has the digest ${integrity}, not ${expectedDigest}`,
        );
      return {
        kind: 'npm',
        reference: `${spec.package}@${version}`,
        digest: integrity,
        spec: { ...spec, version },
        dependencies: dependenciesOfManifest({ dependencies }),
      };
    },

    async fetch(artifact, folder, signal) {
      const name = String(artifact.spec.package);
      await writeFile(
        join(folder, 'package.json'),
        JSON.stringify({ private: true }),
      );
      await npm(
        [
          'install',
          ...(options.allowScripts ? [] : ['--ignore-scripts']),
          '--no-audit',
          '--no-fund',
          '--save-exact',
          '--omit=dev',
          '--loglevel=error',
          `${name}@${artifact.spec.version}`,
        ],
        folder,
        signal,
      );
      const lock = JSON.parse(
        await readFile(join(folder, 'package-lock.json'), 'utf8'),
      );
      const installed = lock.packages?.[`node_modules/${name}`]?.integrity;
      if (installed !== artifact.digest)
        throw new InputError(
          `${artifact.reference} was installed with the digest ${installed}, but released with ${artifact.digest}`,
        );
    },

    async command(artifact, folder) {
      const { package: name, bin, args } = artifact.spec as JsonObject;
      const home = join(folder, 'node_modules', String(name));
      const manifest = JSON.parse(
        await readFile(join(home, 'package.json'), 'utf8'),
      );
      const script = join(home, binOf(manifest, String(name), bin));
      const rest = Array.isArray(args) ? args.map(String) : [];
      return (await isNodeScript(script))
        ? [process.execPath, script, ...rest]
        : [script, ...rest];
    },
  };
}

interface Viewed {
  version?: string;
  integrity?: string;
  bin?: string | Record<string, string>;
  engines?: { node?: string };
  dependencies?: Record<string, string>;
}

function viewed(found: unknown): Viewed {
  // A range or tag of several versions gives a list; the last is the newest.
  const one = Array.isArray(found) ? found.at(-1) : found;
  return {
    version: one?.version,
    integrity: one?.['dist.integrity'] ?? one?.dist?.integrity,
    bin: one?.bin,
    engines: one?.engines,
    dependencies: one?.dependencies,
  };
}

function checkEngine(reference: string, range: string | undefined): void {
  const { node } = process.versions;
  // npm itself only warns, and the package would fail when it is started.
  if (!range || !validRange(range)) return;
  if (!satisfies(node, range, { includePrerelease: true }))
    throw new InputError(
      `version: ${reference} needs Node ${range}, and is run by Node ${node} here; release a version that supports it`,
    );
}

function binOf(
  manifest: { bin?: string | Record<string, string> },
  name: string,
  wanted: unknown,
): string {
  const short = name.split('/').at(-1) ?? name;
  const bins =
    typeof manifest.bin === 'string' ? { [short]: manifest.bin } : manifest.bin;
  const names = Object.keys(bins ?? {});
  const only = names.length === 1 ? names[0] : short;
  const chosen = typeof wanted === 'string' ? wanted : only;
  const path = bins?.[chosen];
  if (!path)
    throw new InputError(
      names.length
        ? `bin: ${name} has no command '${chosen}', but ${names.join(', ')}; name one of them`
        : `package: ${name} has no command that could be started; release one that has a bin`,
    );
  return path;
}

async function isNodeScript(path: string): Promise<boolean> {
  if (/\.[cm]?js$/.test(path)) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128);
    const [firstLine] = buffer.toString('utf8', 0, bytesRead).split('\n');
    return firstLine.startsWith('#!') && firstLine.includes('node');
  } finally {
    await file.close();
  }
}

function npmError(error: unknown, args: string[]): Error {
  const { name, message, stderr = '' } = error as Error & { stderr?: string };
  if (name === 'AbortError') return error as Error;
  const code = errorCode(error);
  if (code === 'ENOENT')
    return new InputError(
      'npm was not found; install it or set delivery.local.npmCommand',
    );
  const [, npmCode = ''] = /npm (?:error|ERR!) code (\w+)/.exec(stderr) ?? [];
  const reason = stderr
    .split('\n')
    .filter(
      line =>
        /npm (error|ERR!)/.test(line) &&
        !/A complete log|npm (error|ERR!) code/.test(line),
    )
    .map(line => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter(Boolean)
    .slice(0, 4)
    .join(' ');
  const [what] = args;
  if (what === 'view' && missing.has(npmCode))
    return new InputError(
      `The npm registry has no ${args[1]} (package, version)`,
    );
  if (missing.has(npmCode) || wrong.has(npmCode))
    return new InputError(
      `${what === 'view' ? args[1] : args.at(-1)} cannot be installed (${npmCode}): ${reason}`,
    );
  return new Error(`npm ${what} failed: ${reason || message}`);
}
