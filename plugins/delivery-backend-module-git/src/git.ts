import { spawn } from 'node:child_process';

/** Bytes; what is longer is cut. */
const mostOutput = 16 * 1024 * 1024;
const mostWords = 4000;

/** What git said when it failed. */
export class GitError extends Error {
  readonly name = 'GitError';
}

export interface GitOptions {
  /** The repository. */
  gitDir: string;
  /** Such as `http.extraHeader`; never on the command line, which everybody on the machine can read. */
  config?: Array<[key: string, value: string]>;
  /** Whether it may ask the host. By itself it would, for what a partial history leaves out. */
  online?: boolean;
  /** What it reads. */
  input?: string;
  signal: AbortSignal;
}

/**
 * Runs git without terminal, without anybody's own configuration, and with https as its only way out. Throws `GitError`
 * with what it said, and the signal's reason when it was stopped.
 */
export async function git(
  args: string[],
  { config = [], gitDir, input = '', online = false, signal }: GitOptions,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn('git', ['--git-dir', gitDir, ...args], {
    env: {
      ...proxies(),
      PATH: process.env.PATH,
      HOME: gitDir,
      LC_ALL: 'C.UTF-8',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      // A commit that a partial history has not got is not there, rather than an attempt to get it that is refused.
      ...(!online && { GIT_NO_LAZY_FETCH: '1' }),
      ...asVariables([...settings(online), ...config]),
    },
    stdio: 'pipe',
    // A group of its own, since git's helpers, which talk to the host, would outlive it.
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
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined).end(input);
  const output: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostOutput) output.push(chunk);
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
    signal.throwIfAborted();
    if (code !== 0)
      throw new GitError(lastWords(words) ?? `git ended (${code})`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new GitError('git is not installed beside the backend');
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(output).toString('utf8');
}

function settings(online: boolean): Array<[string, string]> {
  return [
    ['protocol.allow', 'never'],
    ['protocol.https.allow', online ? 'always' : 'never'],
    // Another address would be sent what is meant for this one.
    ['http.followRedirects', 'false'],
    // Less than a kilobyte a second for half a minute: nobody answers any more.
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '30'],
    // Hooks and background work belong to people's clones.
    ['core.hooksPath', '/dev/null'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['credential.helper', ''],
  ];
}

function asVariables(config: Array<[string, string]>): NodeJS.ProcessEnv {
  return {
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** Git's own; lines that begin otherwise come from the host. */
function lastWords(text: string): string | undefined {
  return text
    .split('\n')
    .findLast(line => /^(fatal|error): /.test(line))
    ?.replace(/^(fatal|error): /, '')
    .slice(0, 300);
}

function proxies(): NodeJS.ProcessEnv {
  const names = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
  return Object.fromEntries(
    names.flatMap(name =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );
}
