import { InputError } from '@backstage/errors';
import type {
  DeliveryCallContext,
  DeliveryRuntime,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
} from '@slipway/backstage-plugin-delivery-node';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { INSTANCE_VARIABLE } from './agent/ProcessTable';
import type { AgentVersion } from './agent/protocol';
import type { ArtifactStore } from './artifacts/ArtifactStore';
import type { AgentClient } from './client/AgentClient';

/** Set by the runtime itself. */
const reserved = ['PORT', 'HOST', 'HOME', 'TMPDIR', INSTANCE_VARIABLE];

// Linux takes 128 KiB in one variable and, with its usual limits, 2 MiB in all, arguments included (execve(2)).
const maxVariableBytes = 100 * 1024;
const maxVariablesBytes = 1024 * 1024;

/** Runs releases as processes of this machine, behind one loopback address for each component and environment. */
export class LocalRuntime implements DeliveryRuntime {
  readonly name = 'local';
  readonly title = 'Embedded runtime (this machine only)';
  readonly strategies: DeliveryRuntime['strategies'] = [
    'rolling',
    'blueGreen',
    'canary',
  ];

  constructor(
    private readonly options: {
      agent: AgentClient;
      artifacts: ArtifactStore;
      artifactKinds: string[];
      workDirectory: string;
    },
  ) {}

  get artifactKinds(): string[] {
    return this.options.artifactKinds;
  }

  async validate(_: DeliveryTarget, release: DesiredRelease): Promise<void> {
    const taken = reserved.filter(name => name in release.environmentVariables);
    if (taken.length)
      throw new InputError(
        `The embedded runtime sets ${taken.join(', ')} itself; remove ${taken.length > 1 ? 'them' : 'it'} from the release's configuration`,
      );
    checkSizes(release.environmentVariables);
  }

  async prepare(
    _: DeliveryTarget,
    { artifact }: DesiredRelease,
    { signal }: DeliveryCallContext,
  ): Promise<void> {
    const folder = await this.options.artifacts.prepare(artifact, signal);
    // What cannot be started shall be known before traffic is touched.
    await this.options.artifacts.command(artifact, folder);
  }

  async apply(
    target: DeliveryTarget,
    desired: DesiredState,
    { signal }: DeliveryCallContext,
  ) {
    const versions: AgentVersion[] = [];
    for (const { release, replicas, weight } of desired.versions)
      versions.push({
        releaseId: release.releaseId,
        version: release.version,
        replicas,
        weight,
        launch: await this.#launch(target, release, signal),
        health: release.health,
      });
    return this.options.agent.apply(
      targetKey(target),
      {
        generation: desired.generation,
        versions,
        ...(desired.rolling && { rolling: desired.rolling }),
      },
      signal,
    );
  }

  observe(target: DeliveryTarget, { signal }: DeliveryCallContext) {
    return this.options.agent.observe(targetKey(target), signal);
  }

  logs(
    target: DeliveryTarget,
    { releaseId, tail }: { releaseId: string; tail: number },
    { signal }: DeliveryCallContext,
  ) {
    return this.options.agent.logs(
      { target: targetKey(target), releaseId, tail },
      signal,
    );
  }

  async #launch(
    target: DeliveryTarget,
    { artifact, environmentVariables, releaseId }: DesiredRelease,
    signal: AbortSignal,
  ): Promise<AgentVersion['launch']> {
    const { artifacts, workDirectory } = this.options;
    const folder = await artifacts.prepare(artifact, signal);
    const home = join(workDirectory, target.environmentName, releaseId);
    await mkdir(home, { recursive: true });
    return {
      command: await artifacts.command(artifact, folder),
      cwd: artifacts.startsAtHome(artifact) ? home : folder,
      // Only this. The backend's own environment holds secrets that are none of the software's business.
      env: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        LANG: process.env.LANG ?? 'C.UTF-8',
        NODE_ENV: 'production',
        HOME: home,
        TMPDIR: home,
        ...environmentVariables,
      },
    };
  }
}

function checkSizes(variables: Record<string, string>): void {
  let all = 0;
  for (const [name, value] of Object.entries(variables)) {
    const bytes = Buffer.byteLength(value);
    all += Buffer.byteLength(name) + bytes;
    if (bytes > maxVariableBytes)
      throw new InputError(
        `configuration.values.${name} has ${bytes} bytes; a process takes no more than ${maxVariableBytes} in one variable, put it into a file of the artifact`,
      );
    if (value.includes('\0'))
      throw new InputError(
        `configuration.values.${name} holds a NUL character, which no environment variable can`,
      );
  }
  if (all > maxVariablesBytes)
    throw new InputError(
      `configuration.values has ${all} bytes in all; a process takes no more than ${maxVariablesBytes}, put some into a file of the artifact`,
    );
}

/** What the agent knows a target by. */
export function targetKey(target: {
  componentRef: string;
  environmentRef: string;
}): string {
  return `${target.componentRef}@${target.environmentRef}`;
}
