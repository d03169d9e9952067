import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';
import { policyItem } from './evaluate';
import type { GateFacts } from './facts';

/**
 * The same as long as the gates are judged alike. What policies may ask about changes with every second; it counts by
 * what their rules make of it.
 */
export function factsMark({ policy, ...facts }: GateFacts): string {
  return jsonDigest([
    facts,
    facts.gates.map(gate => gate.policy && policyItem(gate.policy, { policy })),
  ]);
}
