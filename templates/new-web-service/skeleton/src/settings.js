import { readFileSync } from 'node:fs';

/** A setting that the service cannot run with. */
export class SettingsError extends Error {}

function readJson(name) {
  return JSON.parse(
    readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'),
  );
}

function number(env, name, { min, max, integer = false }) {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (
    !Number.isFinite(value) ||
    value < min ||
    value > max ||
    (integer && !Number.isInteger(value))
  ) {
    throw new SettingsError(
      `${name} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}, but is ${JSON.stringify(text)}`,
    );
  }
  return value;
}

function choice(env, name, choices) {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!choices.includes(text)) {
    throw new SettingsError(
      `${name} must be one of ${choices.join(', ')}, but is ${JSON.stringify(text)}`,
    );
  }
  return text;
}

/** Everything that can be set from outside. Environment variables win over settings.json. */
export function readSettings(env) {
  const { name, version } = readJson('package.json');
  const { greeting } = readJson('settings.json');
  return {
    name,
    version,
    greeting: env.GREETING || greeting,
    host: env.HOST || '127.0.0.1',
    port: number(env, 'PORT', { min: 0, max: 65535, integer: true }) ?? 8080,
    shutdownGraceSeconds:
      number(env, 'SHUTDOWN_GRACE_SECONDS', { min: 0, max: 600 }) ?? 10,
    // Demonstration only; see "Faults" in README.md.
    faults: {
      errorPercent: number(env, 'FAULT_ERROR_PERCENT', { min: 0, max: 100 }),
      latencyMs: number(env, 'FAULT_LATENCY_MS', { min: 0, max: 60000 }),
      health: choice(env, 'FAULT_HEALTH', ['fail']),
      crashAfterSeconds: number(env, 'FAULT_CRASH_AFTER_SECONDS', {
        min: 0,
        max: 86400,
      }),
    },
  };
}
