import type {
  UsageSource,
  UsageSourcesExtensionPoint,
} from '@slipway/backstage-plugin-scaling-node';

/** The sources of usage that modules have added, in their order. */
export class UsageRegistry implements UsageSourcesExtensionPoint {
  readonly sources: UsageSource[] = [];

  addSource(source: UsageSource): void {
    if (this.sources.some(({ name }) => name === source.name))
      throw new Error(`There are two sources of usage '${source.name}'`);
    this.sources.push(source);
  }
}
