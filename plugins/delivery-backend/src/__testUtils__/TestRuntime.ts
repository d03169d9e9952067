import { ConflictError, InputError } from '@backstage/errors';
import type { Observation } from '@slipway/backstage-plugin-delivery-common';
import type {
  DeliveryAnalysisProvider,
  DeliveryArtifactKind,
  DeliveryManifest,
  DeliveryRuntime,
  DeliveryTarget,
  DesiredRelease,
  DesiredState,
  MeasuredSeries,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import { observationOf } from './RolloutRehearsal';

/**
 * A runtime that keeps in memory what it was asked for and shows just that. It stands in for a vendor where a test
 * is about the plugin's own behaviour; the real ones are tested in their modules and through the browser.
 */
export class TestRuntime implements DeliveryRuntime {
  name = 'test';
  title = 'Test runtime';
  strategies: DeliveryRuntime['strategies'] = [
    'rolling',
    'blueGreen',
    'canary',
  ];
  artifactKinds = ['test'];
  preview?: DeliveryRuntime['preview'];
  readonly applied: DesiredState[] = [];
  /** Software, by the reference of its artifact, that does not get well. */
  readonly ill = new Set<string>();
  /** Software, by the same, that never gets as far as it is wanted. */
  readonly stuck = new Set<string>();
  readonly #targets = new Map<string, DesiredState>();

  async validate(): Promise<void> {}

  async prepare(): Promise<void> {}

  manifests(
    { componentRef }: DeliveryTarget,
    { artifact, environmentVariables }: DesiredRelease,
  ): DeliveryManifest[] {
    return [
      {
        name: `Process ${componentRef}`,
        text: [
          `software: ${artifact.reference}`,
          ...Object.entries(environmentVariables).map(
            ([name, value]) => `  ${name}: ${value}`,
          ),
          '',
        ].join('\n'),
      },
      { name: 'Address', text: 'port: 80\n' },
    ];
  }

  async apply(
    target: DeliveryTarget,
    desired: DesiredState,
  ): Promise<Observation> {
    const known = this.#targets.get(keyOf(target))?.generation ?? 0;
    if (desired.generation < known)
      throw new ConflictError('an older generation');
    this.#targets.set(keyOf(target), desired);
    this.applied.push(desired);
    return this.seen(desired);
  }

  async observe(target: DeliveryTarget): Promise<Observation | undefined> {
    const desired = this.#targets.get(keyOf(target));
    return desired && this.seen(desired);
  }

  private seen(desired: DesiredState): Observation {
    const [first] = desired.versions;
    const isIll = first && this.ill.has(first.release.artifact.reference);
    return observationOf(desired, {
      ...(isIll && { health: 'degraded' }),
      converged: !(first && this.stuck.has(first.release.artifact.reference)),
    });
  }

  async logs() {
    return [
      {
        at: '2026-01-01T00:00:00.000Z',
        instance: 'a',
        stream: 'stdout' as const,
        text: 'hello',
      },
    ];
  }
}

function keyOf({ componentRef, environmentRef }: DeliveryTarget): string {
  return `${componentRef}@${environmentRef}`;
}

/** Artifacts that are what they say they are. */
export const testArtifactKind: DeliveryArtifactKind = {
  kind: 'test',
  title: 'Test artifact',
  schema: {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string' },
      dependencies: { type: 'object', additionalProperties: true },
    },
  },
  async resolve(spec) {
    const name = String(spec.name);
    if (name === 'missing') throw new InputError(`There is no '${name}'`);
    if (name === 'unreachable') throw new Error('connect 10.0.0.7:443 refused');
    return {
      kind: 'test',
      reference: name,
      digest: `sha256:${Buffer.from(name.padEnd(32, '.')).toString('hex').slice(0, 64)}`,
      spec,
      ...(spec.dependencies && {
        dependencies: {
          source: 'manifest' as const,
          items: Object.entries(spec.dependencies).map(([one, version]) => ({
            name: one,
            version: String(version),
          })),
        },
      }),
    };
  },
};

/** Measures whatever a test puts into it. */
export class TestProvider implements DeliveryAnalysisProvider {
  name = 'test';
  title = 'Test provider';
  schema = { type: 'object' };
  value: MeasuredValue = { result: 0, value: 0 };
  series: MeasuredSeries = { canary: [], stable: [] };

  async measure(): Promise<MeasuredValue> {
    return this.value;
  }

  async compare(): Promise<MeasuredSeries> {
    return this.series;
  }
}
