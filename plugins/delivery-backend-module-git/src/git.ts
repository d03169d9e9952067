import { spawn } from 'node:child_process';

/** Bytes; histories are cut to so many. */
const mostOutput = 16 * 1024 * 1024;
const mostWords = 2000;

/** What git said when it failed. */
export class GitError extends Error {
  readonly name = 'GitError';
}

export interface GitOptions {
  /** The repository. */
  gitDir: string;
  /** Such as `http.extraHeader`; never on the command line, which other people of the machine can read. */
  config?: Array<[key: string, value: string]>;
  /** Whether it may ask the host. It would by itself for what a partial history leaves out. */
  online?: boolean;
  signal: AbortSignal;
}

/**
 * Runs git without terminal, without anybody's own configuration, and with https as its only way out. Throws `GitError`
 * with what it said.
 */
export async function git(
  args: string[],
  { config = [], gitDir, online = false, signal }: GitOptions,
): Promise<string> {
  const settings: Array<[string, string]> = [
    ['protocol.allow', 'never'],
    ['protocol.https.allow', online ? 'always' : 'never'],
    // Another address would be sent what is meant for this one.
    ['http.followRedirects', 'false'],
    // Hooks and background work belong to people's clones.
    ['core.hooksPath', '/dev/null'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['credential.helper', ''],
    // The administrators' repositories may belong to another user of the machine.
    ['safe.directory', '*'],
    ...config,
  ];
  const child = spawn('git', ['--git-dir', gitDir, ...args], {
    env: {
      ...proxies(),
      PATH: process.env.PATH,
      HOME: gitDir,
      LC_ALL: 'C.UTF-8',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_COUNT: String(settings.length),
      ...Object.fromEntries(
        settings.flatMap(([key, value], index) => [
          [`GIT_CONFIG_KEY_${index}`, key],
          [`GIT_CONFIG_VALUE_${index}`, value],
        ]),
      ),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
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
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', error =>
      reject(
        (error as NodeJS.ErrnoException).code === 'ENOENT'
          ? new GitError('git is not installed beside the backend')
          : error,
      ),
    );
    child.once('close', resolve);
  });
  if (code !== 0) throw new GitError(lastWords(words) || `git ended (${code})`);
  return Buffer.concat(output).toString('utf8');
}

function lastWords(text: string): string {
  const lines = text.split('\n').filter(line => /^(fatal|error):/.test(line));
  return (lines.at(-1) ?? text.trim().split('\n').at(-1) ?? '').replace(
    /^(fatal|error): /,
    '',
  );
}

function proxies(): NodeJS.ProcessEnv {
  const names = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
  return Object.fromEntries(
    names.flatMap(name =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    ),
  );
}
