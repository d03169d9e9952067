import { InputError } from '@backstage/errors';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const timeoutMs = 30_000;
/** Bytes. */
const mostOutput = 4 * 1024 * 1024;
const mostWords = 2000;
// Nothing listens there: what still wants to go out by HTTP is refused at once.
const nowhere = 'http://127.0.0.1:9';

/**
 * Runs a program of a vendor over files that somebody else has written: without a shell, with nothing of the backend's
 * environment, no way out and an empty home, for 30 seconds at most. Answers what it writes. Throws `InputError` with what it says
 * when it fails.
 */
export async function runBinary(
  file: string,
  args: string[],
  { cwd, signal }: { cwd: string; signal: AbortSignal },
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'slipway-render-'));
  try {
    await mkdir(join(home, 'tmp'));
    return await run(file, args, {
      cwd,
      env: {
        HOME: home,
        TMPDIR: join(home, 'tmp'),
        LC_ALL: 'C.UTF-8',
        // Without git and plugins on it, none is run.
        PATH: '/var/empty',
        HTTP_PROXY: nowhere,
        HTTPS_PROXY: nowhere,
        HELM_CACHE_HOME: join(home, 'cache'),
        HELM_CONFIG_HOME: join(home, 'config'),
        HELM_DATA_HOME: join(home, 'data'),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function run(
  file: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<string> {
  const { cwd, env, signal } = options;
  signal.throwIfAborted();
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what it may have started ends with it.
    detached: true,
  });
  const stop = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };
  signal.addEventListener('abort', stop);
  const output: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostOutput) stop();
    else output.push(chunk);
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk}`.slice(-mostWords);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (size > mostOutput)
      throw new InputError(
        `It renders to more than ${mostOutput / 1024 / 1024} MB`,
      );
    if (signal.aborted)
      throw new InputError(
        `It was not rendered within ${timeoutMs / 1000} seconds`,
      );
    if (code !== 0)
      throw new InputError(
        `It cannot be rendered: ${words.trim().replaceAll(cwd, '.') || `the program ended with ${code}`}`,
      );
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(output).toString('utf8');
}
