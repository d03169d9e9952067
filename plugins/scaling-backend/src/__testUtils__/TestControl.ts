import { ConflictError } from '@backstage/errors';
import type {
  ControlledTarget,
  ReplicaControl,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';

/** Keeps settings as a vendor would, with a fence, by `<environment's name> <workload>`. */
export class TestControl implements ReplicaControl {
  readonly settings = new Map<string, ReplicaSetting>();
  /** Thrown instead of the next writes, while it is there. */
  refusal?: Error;
  readonly #fences = new Map<string, number>();

  async read(target: ControlledTarget): Promise<ReplicaSetting | undefined> {
    return this.settings.get(keyOf(target));
  }

  async write(
    target: ControlledTarget,
    setting: ReplicaSetting | undefined,
    { dryRun, fence }: { fence: number; dryRun?: boolean },
  ): Promise<void> {
    if (this.refusal) throw this.refusal;
    const key = keyOf(target);
    if (fence < (this.#fences.get(key) ?? 0))
      throw new ConflictError('A later change was carried out already');
    if (dryRun) return;
    this.#fences.set(key, fence);
    if (setting) this.settings.set(key, setting);
  }
}

function keyOf({ environment, workload }: ControlledTarget): string {
  return `${environment.name} ${workload}`;
}
