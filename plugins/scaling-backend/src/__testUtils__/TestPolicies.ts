import { ConflictError } from '@backstage/errors';
import type {
  ControlledTarget,
  PolicyControl,
  PolicyToApply,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import type { TestControl } from './TestControl';

/** Has autoscalers as a vendor would, beside what a `TestControl` keeps. */
export class TestPolicies implements PolicyControl {
  readonly applied: PolicyToApply['limits'][] = [];
  /** Thrown instead of whatever is asked, while it is there. */
  refusal?: Error;
  #fence = 0;

  constructor(private readonly control: TestControl) {}

  async apply(
    { environment, workload }: ControlledTarget,
    { document, limits }: PolicyToApply,
    { dryRun, fence }: { fence: number; dryRun?: boolean },
  ): Promise<void> {
    this.#pass(fence, dryRun);
    if (dryRun) return;
    this.applied.push(limits);
    this.control.settings.set(`${environment.name} ${workload}`, {
      driver: 'hpa',
      name: document.metadata.name,
      minReplicas: limits.min,
      maxReplicas: limits.max,
    });
  }

  async remove(
    { environment, workload }: ControlledTarget,
    before: ReplicaSetting | undefined,
    { fence }: { fence: number },
  ): Promise<'removed' | 'left' | 'gone'> {
    this.#pass(fence);
    const key = `${environment.name} ${workload}`;
    const now = this.control.settings.get(key);
    if (!now) return 'gone';
    if (now.driver === 'fixed') return 'left';
    this.control.settings.set(
      key,
      before ?? { driver: 'fixed', replicas: now.minReplicas },
    );
    return 'removed';
  }

  #pass(fence: number, dryRun = false): void {
    if (this.refusal) throw this.refusal;
    if (fence < this.#fence)
      throw new ConflictError('A later policy was carried out already');
    if (!dryRun) this.#fence = fence;
  }
}
