import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  SCALING_SIGNAL_CHANNEL,
  type ScalingSignal,
} from '@slipway/backstage-plugin-scaling-common';
import type { ChangeStore } from '../database/ChangeStore';

/** Tells pages that a change has changed. What changed they read themselves, with their own rights. */
export class ChangeSignals {
  constructor(
    private readonly options: {
      signals: SignalsService;
      changes: ChangeStore;
      logger: LoggerService;
    },
  ) {}

  async runChanged(runId: string): Promise<void> {
    const { changes, logger, signals } = this.options;
    try {
      const stored = await changes.get(runId);
      if (!stored) return;
      const { componentRef, environmentRef, id, targetId } = stored.change;
      const message: ScalingSignal = {
        type: 'changed',
        changeId: id,
        targetId,
        componentRef,
        environmentRef,
      };
      await signals.publish({
        channel: SCALING_SIGNAL_CHANNEL,
        recipients: { type: 'broadcast' },
        message,
      });
    } catch (error) {
      logger.warn(`A change could not be signalled: ${error}`);
    }
  }
}
