import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_SIGNAL_CHANNEL,
  type DeliverySignal,
} from '@slipway/backstage-plugin-delivery-common';
import type { RolloutStore } from '../database/RolloutStore';

/** Tells pages that something changed. What changed they read themselves, with their own rights. */
export class ChangeSignals {
  /** Rollouts whose change is being told; one more change meanwhile is told afterwards. */
  readonly #telling = new Map<string, boolean>();

  constructor(
    private readonly options: {
      signals: SignalsService;
      store: RolloutStore;
      logger: LoggerService;
    },
  ) {}

  /** A run has changed. Runs that are no rollouts are of no interest to pages. */
  async runChanged(runId: string): Promise<void> {
    if (this.#telling.has(runId)) {
      this.#telling.set(runId, true);
      return;
    }
    try {
      do {
        this.#telling.set(runId, false);
        const stored = await this.options.store.get(runId);
        if (stored)
          await this.targetChanged({ ...stored.rollout, rolloutId: runId });
      } while (this.#telling.get(runId));
    } catch (error) {
      this.options.logger.warn(`A change could not be signalled: ${error}`);
    } finally {
      this.#telling.delete(runId);
    }
  }

  async targetChanged(target: {
    componentRef: string;
    environmentRef: string;
    rolloutId?: string;
  }): Promise<void> {
    const message: DeliverySignal = {
      type: 'changed',
      componentRef: target.componentRef,
      environmentRef: target.environmentRef,
      ...(target.rolloutId && { rolloutId: target.rolloutId }),
    };
    await this.options.signals.publish({
      channel: DELIVERY_SIGNAL_CHANNEL,
      recipients: { type: 'broadcast' },
      message,
    });
  }
}
