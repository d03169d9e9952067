// The agent's process: `node main <settings file>`. Started by the backend, outlives it, and ends by itself when no
// backend has been in touch for a while.
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from './Agent';
import { createControlServer } from './controlServer';
import type { AgentSettings } from './protocol';

const checkMs = 500;
const limitsMs = 500;

async function main(settingsFile: string): Promise<void> {
  const settings: AgentSettings = JSON.parse(
    readFileSync(settingsFile, 'utf8'),
  );
  const agent = new Agent(settings);
  const server = createControlServer(agent);
  if (existsSync(settings.socketPath)) rmSync(settings.socketPath);
  await agent.restore();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.socketPath, resolve);
  });
  chmodSync(settings.socketPath, 0o600);

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    server.close();
    rmSync(settings.socketPath, { force: true });
    await agent.close();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  // Ctrl-C in a terminal reaches the whole group; the backend says when it is really over.
  process.on('SIGINT', () => {});
  process.on('uncaughtException', error => {
    process.stderr.write(`${new Date().toISOString()} ${error.stack}\n`);
    agent.kill();
    process.exit(1);
  });
  const checkLimits = async () => {
    await agent.checkLimits();
    setTimeout(checkLimits, limitsMs);
  };
  void checkLimits();
  setInterval(() => {
    if (agent.isOrphaned) void end();
  }, checkMs);
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${new Date().toISOString()} ${error.stack}\n`);
  process.exit(1);
});
