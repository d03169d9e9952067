import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  ControlledTarget,
  ReplicaControl,
  ReplicaSetting,
} from '@slipway/backstage-plugin-scaling-node';
import type { CatalogReader } from '../catalog/CatalogReader';
import type { ChangeTarget } from '../domain/change/state';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import type { ReplicaMeans } from './ReplicaMeans';

/** Through the provider of the environment's runtime. */
export class ProviderMeans implements ReplicaMeans {
  constructor(
    private readonly options: {
      auth: AuthService;
      catalog: CatalogReader;
      registry: ProviderRegistry;
    },
  ) {}

  async read(
    target: ChangeTarget,
    signal: AbortSignal,
  ): Promise<ReplicaSetting | undefined> {
    const { control, controlled } = await this.#reach(target);
    return control.read(controlled, { signal });
  }

  async write(
    target: ChangeTarget,
    setting: ReplicaSetting,
    { fence, signal }: { fence: number; signal: AbortSignal },
  ): Promise<'done'> {
    const { control, controlled } = await this.#reach(target);
    await control.write(controlled, setting, { fence, signal });
    return 'done';
  }

  async leave(
    target: ChangeTarget,
    { fence, signal }: { fence: number; signal: AbortSignal },
  ): Promise<void> {
    const { control, controlled } = await this.#reach(target);
    await control.write(controlled, undefined, { fence, signal });
  }

  /** Finds out whether a write would be refused. Throws what the provider throws. */
  async rehearse(
    target: ChangeTarget,
    setting: (before: ReplicaSetting) => ReplicaSetting,
    signal: AbortSignal,
  ): Promise<void> {
    const { control, controlled } = await this.#reach(target);
    const before = await control.read(controlled, { signal });
    if (!before)
      throw new ConflictError(`${target.workload} is not there any more`);
    await control.write(controlled, setting(before), {
      // Nothing is written, and so nothing can come too late.
      fence: Number.MAX_SAFE_INTEGER,
      dryRun: true,
      signal,
    });
  }

  async #reach(
    target: ChangeTarget,
  ): Promise<{ control: ReplicaControl; controlled: ControlledTarget }> {
    const { auth, catalog, registry } = this.options;
    const environment = await catalog.environment(
      target.environmentRef,
      await auth.getOwnServiceCredentials(),
    );
    if (!environment)
      throw new ConflictError(
        `${target.environmentRef} is not in the catalog any more`,
      );
    const provider = registry.forRuntime(environment.runtime);
    if (!provider?.control)
      throw new ConflictError(
        `Nothing that is installed can scale what runs on '${environment.runtime}'`,
      );
    return {
      control: provider.control,
      controlled: {
        environment,
        componentRef: target.componentRef,
        workload: target.workload,
      },
    };
  }
}
