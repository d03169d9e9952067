import type { Config } from '@backstage/config';
import { targetPaths } from '@backstage/cli-common';
import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { AgentSettings } from './agent/protocol';
import type { ArtifactLimits } from './artifacts/size';

/** All that the embedded runtime can be told, with what is left out filled in. */
export interface LocalSettings {
  agent: AgentSettings;
  artifactRoots: string[];
  artifactLimits: ArtifactLimits;
  npmCommand: string;
  allowScripts: boolean;
  /** After a graceful stop of the backend, how long another one may take to come back. */
  reloadSeconds: number;
}

/** Reads `delivery.local`. Relative paths start at the root of the repository, wherever the backend is started. */
export function readSettings(config: Config): LocalSettings {
  const local = config.getOptionalConfig('delivery.local');
  const fromRoot = (path: string) => resolve(targetPaths.rootDir, path);
  const dataDirectory = fromRoot(
    local?.getOptionalString('dataDirectory') ?? 'data/delivery-local',
  );
  const number = (key: string, otherwise: number, { min = 0.1 } = {}) => {
    const value = local?.getOptionalNumber(key) ?? otherwise;
    if (value < min)
      throw new InputError(
        `delivery.local.${key} is ${value}, but must be ${min} or more`,
      );
    return value;
  };
  const whole = (key: string, otherwise: number, { min = 1 } = {}) => {
    const value = number(key, otherwise, { min });
    if (!Number.isInteger(value))
      throw new InputError(
        `delivery.local.${key} is ${value}, but must be a whole number`,
      );
    return value;
  };
  const from = whole('portRange.from', 20_000);
  const to = whole('portRange.to', 20_999);
  if (from > to || from < 1024 || to > 65_535)
    throw new InputError(
      'delivery.local.portRange must lie between 1024 and 65535, from before to',
    );
  return {
    agent: {
      dataDirectory,
      socketPath: socketPath(dataDirectory),
      portRange: { from, to },
      orphanSeconds: number('orphanSeconds', 15),
      terminationGraceSeconds: number('terminationGraceSeconds', 10, {
        min: 0,
      }),
      drainSeconds: number('drainSeconds', 10, { min: 0 }),
      requestTimeoutSeconds: number('requestTimeoutSeconds', 60),
      limits: {
        memoryMiB: whole('limits.memoryMiB', 1024, { min: 16 }),
        openFiles: whole('limits.openFiles', 4096, { min: 32 }),
        processes: whole('limits.processes', 64),
        starts: {
          max: whole('limits.starts.max', 10),
          perSeconds: number('limits.starts.perSeconds', 600),
        },
      },
      log: {
        maxBytes: whole('log.maxBytes', 2 * 1024 * 1024, { min: 1024 }),
        maxTotalBytes: whole('log.maxTotalBytes', 64 * 1024 * 1024, {
          min: 1024,
        }),
        maxLineLength: whole('log.maxLineLength', 8192, { min: 80 }),
        maxLinesPerSecond: whole('log.maxLinesPerSecond', 500),
        maxBytesPerSecond: whole('log.maxBytesPerSecond', 256 * 1024, {
          min: 1024,
        }),
      },
    },
    artifactRoots: (
      local?.getOptionalStringArray('artifactRoots') ?? ['data/artifacts']
    ).map(fromRoot),
    artifactLimits: {
      maxFiles: whole('artifactLimits.maxFiles', 50_000),
      maxMiB: whole('artifactLimits.maxMiB', 1024),
    },
    npmCommand: local?.getOptionalString('npmCommand') ?? 'npm',
    allowScripts: local?.getOptionalBoolean('allowScripts') ?? false,
    reloadSeconds: number('reloadSeconds', 8, { min: 0 }),
  };
}

// The path of a Unix socket may be about a hundred bytes long, which a data folder's can exceed.
function socketPath(dataDirectory: string): string {
  const folder = join(tmpdir(), `slipway-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(dataDirectory).digest('hex');
  return join(folder, `${name.slice(0, 16)}.sock`);
}
