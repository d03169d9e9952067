import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  DeliveryClient,
  DeliverySettings,
  Release,
} from '@slipway/backstage-plugin-delivery-common';
import type {
  ReplicaResources,
  ScalingTarget,
  SizedRollout,
} from '@slipway/backstage-plugin-scaling-common';
import { deliveryInWords } from './deliveryErrors';

const MiB = 2 ** 20;
const suffix = /\+sized\.[A-Za-z0-9.]+$/;

/**
 * What runs, with other requests: a release of its own, rolled out as any other, so that approvals, windows and what the
 * stage's strategy verifies hold for it, and so that it goes back by itself when that finds it worse.
 */
export class SizedRelease {
  constructor(
    private readonly options: { auth: AuthService; client: DeliveryClient },
  ) {}

  /** In the name of whoever asks. The same `key` does it once. Throws `ConflictError` for what delivery refuses. */
  async rollOut(
    target: Pick<
      ScalingTarget,
      'componentRef' | 'componentTitle' | 'environmentName' | 'environmentRef'
    >,
    resources: ReplicaResources,
    { key, reason }: { key: string; reason: string },
    credentials: BackstageCredentials,
  ): Promise<SizedRollout> {
    const { client } = this.options;
    const token = await this.#token(credentials);
    const { componentRef, environmentRef } = target;
    try {
      const [{ items }, settings] = await Promise.all([
        client.listDeployments({ componentRef, environmentRef }, { token }),
        client.getSettings({ token }),
      ]);
      const runs = items[0]?.release;
      if (!runs)
        throw new ConflictError(
          `Nothing runs of ${target.componentTitle} in ${target.environmentName}`,
        );
      const release = await client.getRelease(runs.id, { token });
      const sized = await client.createRelease(
        requestOf(release, resources, settings, reason),
        { token, idempotencyKey: `${key}-release` },
      );
      const rollout = await client.startRollout(
        { componentRef, environmentRef, releaseId: sized.id, reason },
        { token, idempotencyKey: `${key}-rollout` },
      );
      return {
        releaseId: sized.id,
        version: sized.version,
        rolloutId: rollout.id,
      };
    } catch (error) {
      throw deliveryInWords(error, 'It could not be released');
    }
  }

  /** What was rolled out so. */
  async read(
    rolloutId: string,
    credentials: BackstageCredentials,
  ): Promise<SizedRollout> {
    try {
      const { release } = await this.options.client.getRollout(rolloutId, {
        token: await this.#token(credentials),
      });
      return { releaseId: release.id, version: release.version, rolloutId };
    } catch (error) {
      throw deliveryInWords(error, 'It was released, and cannot be read');
    }
  }

  async #token(onBehalfOf: BackstageCredentials): Promise<string> {
    const { token } = await this.options.auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId: 'delivery',
    });
    return token;
  }
}

function requestOf(
  {
    artifact,
    componentRef,
    configuration,
    health,
    provenance,
    version,
  }: Release,
  { cpuCores, memoryBytes }: ReplicaResources,
  settings: DeliverySettings,
  reason: string,
) {
  const kind = settings.artifactKinds.find(
    ({ kind: id }) => id === artifact.kind,
  );
  const fields = resourceFields(kind?.schema as JsonObject | undefined);
  const amounts = {
    cpu: cpuCores === undefined ? undefined : `${Math.round(cpuCores * 1000)}m`,
    memory:
      memoryBytes === undefined
        ? undefined
        : `${Math.ceil(memoryBytes / MiB)}Mi`,
  };
  const spec: JsonObject = { ...(artifact.spec as JsonObject) };
  for (const resource of ['cpu', 'memory'] as const) {
    const amount = amounts[resource];
    if (amount === undefined) continue;
    const field = fields[resource];
    if (!field)
      throw new ConflictError(
        `${kind?.title ?? artifact.kind} says nothing of ${resource}: change it where it is declared`,
      );
    spec[field] = amount;
  }
  const { environmentValues, secretRefs, values } = configuration;
  return {
    componentRef,
    // The same size of the same version is the same release.
    version: `${version.replace(suffix, '').slice(0, 90)}+sized.${spec[fields.cpu ?? ''] ?? 'any'}.${spec[fields.memory ?? ''] ?? 'any'}`,
    artifact: { kind: artifact.kind, spec, digest: artifact.digest },
    configuration: { environmentValues, secretRefs, values },
    health,
    provenance,
    notes: `${version} with other requests: ${reason}`.slice(0, 10_000),
  };
}

/** The properties of an artifact kind's schema that say what a copy requests: those with `x-requests`. */
function resourceFields(
  schema: JsonObject | undefined,
): Partial<Record<'cpu' | 'memory', string>> {
  const properties = (schema?.properties ?? {}) as Record<string, JsonObject>;
  const named = (resource: string) =>
    Object.keys(properties).find(
      name => properties[name]?.['x-requests'] === resource,
    );
  return { cpu: named('cpu'), memory: named('memory') };
}
