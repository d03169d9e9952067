import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  DeliveryAnalysisExtensionPoint,
  DeliveryAnalysisProvider,
  DeliveryArtifactKind,
  DeliveryCommitSource,
  DeliveryConfigurationProvider,
  DeliveryIncidentSource,
  DeliveryRuntime,
  DeliveryRuntimesExtensionPoint,
  DeliveryStepKind,
} from '@slipway/backstage-plugin-delivery-node';
import type { StrategyVocabulary } from '../domain/strategy/validate';
import { SchemaChecker } from './SchemaChecker';

/** What the installed modules have added. Filled while the backend starts, read-only afterwards. */
export class DeliveryRegistry
  implements
    DeliveryRuntimesExtensionPoint,
    DeliveryAnalysisExtensionPoint,
    StrategyVocabulary
{
  readonly #runtimes = new Map<string, DeliveryRuntime>();
  readonly #artifactKinds = new Map<string, DeliveryArtifactKind>();
  readonly #providers = new Map<string, DeliveryAnalysisProvider>();
  readonly #commitSources = new Map<string, DeliveryCommitSource>();
  readonly #incidentSources = new Map<string, DeliveryIncidentSource>();
  readonly #stepKinds = new Map<string, DeliveryStepKind>();
  readonly #schemas = new SchemaChecker();
  #configuration?: DeliveryConfigurationProvider;

  addRuntime(runtime: DeliveryRuntime): void {
    addOnce(this.#runtimes, runtime.name, runtime, 'runtime');
  }

  addArtifactKind(kind: DeliveryArtifactKind): void {
    addOnce(this.#artifactKinds, kind.kind, kind, 'artifact kind');
  }

  addProvider(provider: DeliveryAnalysisProvider): void {
    addOnce(this.#providers, provider.name, provider, 'analysis provider');
  }

  addStepKind(stepKind: DeliveryStepKind): void {
    addOnce(this.#stepKinds, stepKind.name, stepKind, 'step kind');
  }

  addCommitSource(source: DeliveryCommitSource): void {
    addOnce(this.#commitSources, source.name, source, 'commit source');
  }

  addIncidentSource(source: DeliveryIncidentSource): void {
    addOnce(this.#incidentSources, source.name, source, 'incident source');
  }

  setConfigurationProvider(provider: DeliveryConfigurationProvider): void {
    if (this.#configuration)
      throw new Error('There is a delivery configuration provider already');
    this.#configuration = provider;
  }

  get runtimes(): DeliveryRuntime[] {
    return [...this.#runtimes.values()];
  }

  get artifactKinds(): DeliveryArtifactKind[] {
    return [...this.#artifactKinds.values()];
  }

  get providers(): DeliveryAnalysisProvider[] {
    return [...this.#providers.values()];
  }

  get stepKinds(): DeliveryStepKind[] {
    return [...this.#stepKinds.values()];
  }

  get commitSources(): DeliveryCommitSource[] {
    return [...this.#commitSources.values()];
  }

  get incidentSources(): DeliveryIncidentSource[] {
    return [...this.#incidentSources.values()];
  }

  get configurationProvider(): DeliveryConfigurationProvider | undefined {
    return this.#configuration;
  }

  /** Throws `InputError` when there is none of this name. */
  getRuntime(name: string): DeliveryRuntime {
    return found(this.#runtimes, name, 'runtime');
  }

  /** Throws `InputError` when there is none of this name. */
  getProvider(name: string): DeliveryAnalysisProvider {
    return found(this.#providers, name, 'analysis provider');
  }

  /** Throws `InputError` when there is none of this name. */
  getStepKind(name: string): DeliveryStepKind {
    return found(this.#stepKinds, name, 'step kind');
  }

  /** Throws `InputError` when there is none of this name. */
  getArtifactKind(kind: string): DeliveryArtifactKind {
    return found(this.#artifactKinds, kind, 'artifact kind');
  }

  provider(
    name: string,
    query: JsonObject,
    compared: boolean,
  ): string | undefined {
    const nobody = unknown(this.#providers, name, 'analysis provider');
    if (nobody) return nobody;
    const provider = this.getProvider(name);
    return (
      this.#schemas.problem(provider.schema, query) ??
      provider.queryProblem?.(query, compared)
    );
  }

  comparison(name: string): string | undefined {
    const provider = this.#providers.get(name);
    return provider && !provider.compare
      ? `The analysis provider '${name}' cannot compare two releases; use conditions`
      : undefined;
  }

  stepKind(name: string, config: JsonObject): string | undefined {
    return (
      unknown(this.#stepKinds, name, 'step kind') ??
      this.#schemas.problem(this.getStepKind(name).schema, config)
    );
  }

  /** Why an artifact's spec is refused by its kind's schema, or `undefined`. */
  artifact(kind: string, spec: JsonObject): string | undefined {
    return this.#schemas.problem(this.getArtifactKind(kind).schema, spec);
  }
}

// The very same may come from several modules that share it.
function addOnce<T>(map: Map<string, T>, name: string, item: T, what: string) {
  if (map.get(name) === item) return;
  if (map.has(name)) throw new Error(`There is a ${what} '${name}' already`);
  map.set(name, item);
}

function found<T>(map: Map<string, T>, name: string, what: string): T {
  const item = map.get(name);
  if (!item) throw new InputError(unknown(map, name, what));
  return item;
}

function unknown<T>(
  map: Map<string, T>,
  name: string,
  what: string,
): string | undefined {
  if (map.has(name)) return undefined;
  const known = [...map.keys()].map(key => `'${key}'`).join(', ');
  return `There is no ${what} '${name}'; ${known ? `known: ${known}` : 'none is installed'}`;
}
