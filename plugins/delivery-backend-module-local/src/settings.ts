import type { Config } from '@backstage/config';
import { targetPaths } from '@backstage/cli-common';
import { InputError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { AgentSettings } from './agent/protocol';

/** All that the embedded runtime can be told, with what is left out filled in. */
export interface LocalSettings {
  agent: AgentSettings;
  artifactRoots: string[];
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
  const number = (key: string, otherwise: number) =>
    local?.getOptionalNumber(key) ?? otherwise;
  const from = number('portRange.from', 20_000);
  const to = number('portRange.to', 20_999);
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
      terminationGraceSeconds: number('terminationGraceSeconds', 10),
      drainSeconds: number('drainSeconds', 10),
      log: {
        maxBytes: number('log.maxBytes', 2 * 1024 * 1024),
        maxLineLength: number('log.maxLineLength', 8192),
        maxLinesPerSecond: number('log.maxLinesPerSecond', 500),
      },
    },
    artifactRoots: (
      local?.getOptionalStringArray('artifactRoots') ?? ['data/artifacts']
    ).map(fromRoot),
    npmCommand: local?.getOptionalString('npmCommand') ?? 'npm',
    allowScripts: local?.getOptionalBoolean('allowScripts') ?? false,
    reloadSeconds: number('reloadSeconds', 8),
  };
}

// The path of a Unix socket may be about a hundred bytes long, which a data folder's can exceed.
function socketPath(dataDirectory: string): string {
  const folder = join(tmpdir(), `slipway-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(dataDirectory).digest('hex');
  return join(folder, `${name.slice(0, 16)}.sock`);
}
