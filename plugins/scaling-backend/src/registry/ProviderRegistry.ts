import type {
  ScalingProvider,
  ScalingProvidersExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';

/** The providers that modules have added. */
export class ProviderRegistry implements ScalingProvidersExtensionPoint {
  readonly #providers = new Map<string, ScalingProvider>();
  readonly #byRuntime = new Map<string, ScalingProvider>();

  addProvider(provider: ScalingProvider): void {
    if (this.#providers.has(provider.name))
      throw new Error(`There are two scaling providers '${provider.name}'`);
    for (const runtime of provider.runtimes) {
      const other = this.#byRuntime.get(runtime);
      if (other)
        throw new Error(
          `The scaling providers '${other.name}' and '${provider.name}' both serve the runtime '${runtime}'`,
        );
      this.#byRuntime.set(runtime, provider);
    }
    this.#providers.set(provider.name, provider);
  }

  forRuntime(runtime: string): ScalingProvider | undefined {
    return this.#byRuntime.get(runtime);
  }
}
