import { labels, type TargetIdentity } from '../identity';
import type { WatchedObjects } from './WatchedObjects';

/**
 * Targets that were asked for. Objects name theirs by a label that says nothing else, so that a change is told of these
 * alone, and of others when they are looked at in turn.
 *
 * @public
 */
export class AskedTargets {
  readonly #targets = new Map<string, TargetIdentity>();

  add(identity: TargetIdentity): void {
    this.#targets.set(identity.id, identity);
  }

  /** Tells of objects that have changed whose target it is. Answers how to end that. */
  onChange(
    watched: WatchedObjects | undefined,
    listener: (
      target: Pick<TargetIdentity, 'componentRef' | 'environmentRef'>,
    ) => void,
  ): () => void {
    if (!watched) return () => {};
    return watched.onChange(({ metadata }) => {
      const target = this.#targets.get(metadata?.labels?.[labels.target] ?? '');
      if (target) listener(target);
    });
  }
}
