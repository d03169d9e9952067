import type { Gate, Subject } from '@slipway/backstage-plugin-delivery-common';
import { jsonDigest } from '@slipway/backstage-plugin-slipway-node';
import type { GateFacts } from '../domain/gates/facts';

/** A subject; another `configuration` makes another one. */
export function subject(configuration = 'one'): Subject {
  const parts = {
    artifact: jsonDigest('artifact'),
    configuration: jsonDigest(configuration),
    pipeline: jsonDigest('pipeline'),
    target: jsonDigest('target'),
  };
  return { ...parts, digest: jsonDigest(parts) };
}

/** Facts of a stage in production with these gates. */
export function gateFacts(
  gates: Gate[],
  overrides: Partial<GateFacts> = {},
): GateFacts {
  return {
    subject: subject(),
    gates,
    tier: 'production',
    upstream: [],
    authors: [],
    policy: {},
    ...overrides,
  };
}
