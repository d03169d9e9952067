// Runs commands, passes signals on to them, and fails when they fail.
import { spawn } from 'node:child_process';

/**
 * Runs a command to its end. Rejects with an Error that carries `exitCode` when it does not end with 0.
 * With `capture` the output is answered instead of shown.
 */
export function run(
  command,
  args,
  { env = process.env, cwd, capture, uid, gid } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      uid,
      gid,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.on('data', data => (output += data));
    child.stderr?.on('data', data => (output += data));
    const stop = passSignals(child);
    child.on('error', error => {
      stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stop();
      if (code === 0) {
        resolve(output);
        return;
      }
      const words = `${command} ${args.join(' ')} ended with ${signal ?? code}`;
      const error = new Error(capture ? `${words}\n${output}` : words);
      error.exitCode = code ?? 1;
      reject(error);
    });
  });
}

/** Passes Ctrl-C and termination on, so that nothing is left behind. Answers how to stop that. */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => [
    signal,
    () => child.kill(signal),
  ]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
