import type {
  Promotion,
  Rollout,
} from '@slipway/backstage-plugin-delivery-common';
import type { RunKind } from './RunFollower';

const words = {
  gates: 'its gates',
  hold: 'somebody to release the hold',
  person: 'a person',
  window: 'a window to open',
};

/** Rollouts and rollbacks. */
export const rollouts: RunKind<Rollout> = {
  name: 'rollout',
  get: (client, id, options) => client.getRollout(id, options),
  events: (client, id, afterVersion, options) =>
    client.listRolloutEvents(id, { afterVersion }, options),
  abort: (client, id, reason, options) =>
    client.actOnRollout(id, 'abort', { reason }, options),
  waitsFor: ({ waitingFor, waitReason, currentStepIndex }) =>
    waitingFor && {
      words: words[waitingFor],
      place: `${waitingFor}:${waitReason}:${currentStepIndex}`,
    },
};

/** Promotions. */
export const promotions: RunKind<Promotion> = {
  name: 'promotion',
  get: (client, id, options) => client.getPromotion(id, options),
  events: (client, id, afterVersion, options) =>
    client.listPromotionEvents(id, { afterVersion }, options),
  abort: (client, id, reason, options) =>
    client.actOnPromotion(id, 'abort', { reason }, options),
  waitsFor: ({ waitingFor, stages }) => {
    if (!waitingFor) return undefined;
    const at = stages
      .filter(({ status }) => ['running', 'waiting', 'onHold'].includes(status))
      .map(({ title }) => title)
      .join(', ');
    return {
      words: `${words[waitingFor]} in ${at}`,
      place: `${waitingFor}:${at}`,
    };
  },
};
