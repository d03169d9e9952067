import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import type { GatesResult } from '../domain/change/effects';
import type { AskedPolicy, ChangeTarget } from '../domain/change/state';
import { deliveryInWords } from './deliveryErrors';

/** Who has to agree to a policy, and when it may begin: as for a release, by the pipeline's stage and the windows. */
export class DeliveryGates {
  constructor(
    private readonly options: { auth: AuthService; client: DeliveryClient },
  ) {}

  /**
   * Asks for every approval that the stage wants, in the name of whoever asks for the policy, so that they do not agree to
   * it themselves. The same `key` asks once.
   */
  async ask(
    { digest, policy, reason, target }: Omit<AskedPolicy, 'approvals'>,
    key: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const { client } = this.options;
    const { componentRef, environmentRef } = target;
    const token = await this.#token(credentials);
    try {
      const { approvals } = await client.getTargetGates(
        { componentRef, environmentRef },
        { token },
      );
      const asked: string[] = [];
      for (const [index, approval] of approvals.entries()) {
        const { id } = await client.askApproval(
          {
            title: `Scaling policy ${policy.metadata.name} for ${target.componentTitle} in ${target.environmentName}`,
            description: reason,
            componentRef,
            approval,
            details: {
              environment: environmentRef,
              workload: target.workload,
              replicas: policy.spec.replicas[target.tier],
              metrics: policy.spec.metrics,
              schedules: (policy.spec.schedules ?? []).map(({ name }) => name),
              policyDigest: digest,
            },
          },
          { token, idempotencyKey: `${key}-${index}` },
        );
        asked.push(id);
      }
      return asked;
    } catch (error) {
      throw deliveryInWords(error, 'The approvals could not be asked for');
    }
  }

  /** Whether it may begin now. */
  async look(
    { componentRef, environmentRef }: ChangeTarget,
    approvals: string[],
    signal: AbortSignal,
  ): Promise<GatesResult> {
    const { auth, client } = this.options;
    const token = await this.#token(await auth.getOwnServiceCredentials());
    for (const id of approvals) {
      const { state } = await client.getApprovalRequest(id, { token, signal });
      if (state === 'pending') return { held: 'People have not agreed yet' };
      if (state !== 'approved')
        return { refused: `The approval that it needs was ${state}` };
    }
    const { windows } = await client.getTargetGates(
      { componentRef, environmentRef },
      { token, signal },
    );
    return windows.open ? { open: true } : { held: windows.message };
  }

  /** Takes back what nobody has decided yet; afterwards nobody is asked to agree to what has ended. */
  async withdraw(
    approvals: string[],
    reason: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { auth, client } = this.options;
    const token = await this.#token(await auth.getOwnServiceCredentials());
    for (const id of approvals) {
      const { state } = await client.getApprovalRequest(id, { token, signal });
      if (state === 'pending')
        await client.withdrawApprovalRequest(id, { reason }, { token, signal });
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
