// Finds the servers that tests need as programs of this machine, or gets Debian's.
import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';

const servers = [
  {
    what: 'Alertmanager',
    variable: 'SLIPWAY_TEST_ALERTMANAGER',
    program: '/usr/bin/prometheus-alertmanager',
    debianPackage: 'prometheus-alertmanager',
  },
  {
    what: 'Prometheus',
    variable: 'SLIPWAY_TEST_PROMETHEUS',
    program: '/usr/bin/prometheus',
    debianPackage: 'prometheus',
  },
];

/** Answers environment variables with their paths. What there is not is left out: its tests are skipped, and say so. */
export async function findTestServers() {
  const found = {};
  // One after the other: Debian's package manager does one thing at a time.
  for (const server of servers) {
    const path = await find(server);
    if (path) found[server.variable] = path;
  }
  return found;
}

async function find({ what, variable, program, debianPackage }) {
  if (process.env[variable]) return process.env[variable];
  if (existsSync(program)) return program;
  // Debian's package starts a service; where nothing starts services, as in a container, it is only a program.
  if (existsSync('/run/systemd/system')) return undefined;
  try {
    await installFromDebian(what, debianPackage);
  } catch (error) {
    process.stdout.write(`slipway: no ${what}: ${error.message}\n`);
  }
  return existsSync(program) ? program : undefined;
}
