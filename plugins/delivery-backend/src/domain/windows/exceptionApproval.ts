import type {
  AskApprovalRequest,
  DeliveryWindow,
} from '@slipway/backstage-plugin-delivery-common';
import { durationMs } from '@slipway/backstage-plugin-slipway-node';
import { canonical } from '../pipeline/canonical';

type Approval = AskApprovalRequest['approval'];
type Rules = NonNullable<Approval['rules']>;

const defaultLongest = '8h';
/** As long as any request for approval stands that says nothing else. */
const longestRequest = '7d';

/**
 * Whose approval lets somebody through all of these windows at once: everybody's whom any of them asks for. Nobody is
 * asked any longer when the exception would be over, in `leftMs`.
 */
export function exceptionApproval(
  windows: readonly DeliveryWindow[],
  leftMs: number,
): Approval {
  const all = windows.flatMap(({ spec }) => spec.exceptions?.approval ?? []);
  const rules = strictest(all.flatMap(one => one.rules ?? []));
  const approvers = [...new Set(all.flatMap(one => one.approvers ?? []))];
  const [soonest] = [
    ...all.flatMap(one => one.expiresAfter ?? []),
    longestRequest,
    `${Math.ceil(leftMs / 1000)}s`,
  ].sort((a, b) => durationMs(a) - durationMs(b));
  return {
    name: 'Exception to windows',
    ...(rules.length > 0 && { rules }),
    ...(approvers.length > 0 && { approvers }),
    excludeRequester: all.some(one => one.excludeRequester ?? true),
    requireComment: all.some(one => one.requireComment ?? false),
    expiresAfter: soonest,
  };
}

/** One rule for each group: who agrees does so for all windows at once. */
function strictest(rules: Rules): Rules {
  const most = new Map<string, number>();
  for (const { group, atLeast } of rules) {
    const ref = canonical(group) ?? group;
    most.set(ref, Math.max(atLeast, most.get(ref) ?? 0));
  }
  return [...most].map(([group, atLeast]) => ({ group, atLeast }));
}

/** The longest that one of these windows lets somebody through, as it says. */
export function longestException(windows: readonly DeliveryWindow[]): string {
  const [shortest] = windows
    .map(({ spec }) => String(spec.exceptions?.longest ?? defaultLongest))
    .sort((a, b) => durationMs(a) - durationMs(b));
  return shortest;
}
