// Finds Prometheus' Alertmanager for the tests of delivery-backend-module-alertmanager, or gets Debian's.
import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';

const program = '/usr/bin/prometheus-alertmanager';

/** Answers the path of an Alertmanager, or an empty string where there is none: then its tests are skipped, and say so. */
export async function findAlertmanager() {
  if (process.env.SLIPWAY_TEST_ALERTMANAGER)
    return process.env.SLIPWAY_TEST_ALERTMANAGER;
  if (existsSync(program)) return program;
  // Debian's package starts a service; where nothing starts services, as in a container, it is only a program.
  if (existsSync('/run/systemd/system')) return '';
  try {
    await installFromDebian('Alertmanager', 'prometheus-alertmanager');
  } catch (error) {
    process.stdout.write(`slipway: no Alertmanager: ${error.message}\n`);
  }
  return existsSync(program) ? program : '';
}
