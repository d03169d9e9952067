import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

function start(env) {
  return spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function exit(child) {
  let stderr = '';
  child.stderr.on('data', data => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

describe('the process', () => {
  it('says when it is ready, and stops cleanly when asked to', async () => {
    const child = start({});
    const exited = exit(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (JSON.parse(line).message === 'Ready') {
        child.kill('SIGTERM');
        break;
      }
    }
    assert.equal((await exited).code, 0);
  });

  for (const [name, value] of [
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['FAULT_ERROR_PERCENT', '101'],
    ['FAULT_LATENCY_MS', '-1'],
    ['FAULT_HEALTH', 'sometimes'],
    ['SHUTDOWN_GRACE_SECONDS', 'soon'],
  ]) {
    it(`refuses ${name}=${value}, and says why`, async () => {
      const { code, stderr } = await exit(start({ [name]: value }));
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`^${name} must be .*"${value}"`));
    });
  }

  it('crashes when it is told to', async () => {
    const child = start({ FAULT_CRASH_AFTER_SECONDS: '0.1' });
    assert.equal((await exit(child)).code, 70);
  });
});
