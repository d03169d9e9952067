import type { Instance } from './Instance';

interface Share {
  releaseId: string;
  weight: number;
  /** Smooth weighted round robin: rises by the weight, falls by the total when chosen. */
  current: number;
}

/**
 * Chooses who answers the next request: first the release by weight, then its copy with the least to do. A release
 * without a ready copy leaves its share to the others, so that traffic finds a healthy one while there is any.
 */
export class WeightedRoute {
  #shares: Share[] = [];
  #choices = 0;
  readonly #lastChosen = new WeakMap<Instance, number>();

  constructor(private readonly instances: () => Instance[]) {}

  /** Weights by release; releases that are not named get traffic only when no other can. */
  setWeights(weights: Map<string, number>): void {
    const known = new Map(this.#shares.map(share => [share.releaseId, share]));
    this.#shares = [...weights].map(([releaseId, weight]) => ({
      releaseId,
      weight,
      current: known.get(releaseId)?.current ?? 0,
    }));
  }

  /** `undefined` when no copy of any release is ready. `except` was tried already. */
  next(except?: Instance): Instance | undefined {
    const ready = this.instances().filter(
      instance => instance.ready && instance !== except,
    );
    const able = this.#shares.filter(
      ({ releaseId, weight }) =>
        weight > 0 &&
        ready.some(({ version }) => version.releaseId === releaseId),
    );
    const chosen = choose(able);
    const candidates = chosen
      ? ready.filter(({ version }) => version.releaseId === chosen.releaseId)
      : ready;
    return this.#leastBusy(candidates);
  }

  // Of those with equally little to do, the one that has waited longest.
  #leastBusy(candidates: Instance[]): Instance | undefined {
    const [first] = [...candidates].sort(
      (a, b) =>
        a.inFlight - b.inFlight ||
        (this.#lastChosen.get(a) ?? 0) - (this.#lastChosen.get(b) ?? 0),
    );
    this.#choices += 1;
    if (first) this.#lastChosen.set(first, this.#choices);
    return first;
  }
}

function choose(shares: Share[]): Share | undefined {
  let best: Share | undefined;
  let total = 0;
  for (const share of shares) {
    total += share.weight;
    share.current += share.weight;
    if (!best || share.current > best.current) best = share;
  }
  if (best) best.current -= total;
  return best;
}
