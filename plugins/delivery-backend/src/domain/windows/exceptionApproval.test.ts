import type { DeliveryWindow } from '@slipway/backstage-plugin-delivery-common';
import { exceptionApproval, longestException } from './exceptionApproval';

const day = 86_400_000;

function window(
  exceptions: DeliveryWindow['spec']['exceptions'],
): DeliveryWindow {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryWindow',
    metadata: { name: 'freeze' },
    spec: {
      type: 'deny',
      start: '2026-01-01T00:00',
      duration: '1d',
      timeZone: 'UTC',
      exceptions,
    },
  };
}

describe('what several windows ask for an exception to all of them', () => {
  const windows = [
    window({
      approval: {
        rules: [
          { group: 'group:managers', atLeast: 1 },
          { group: 'group:default/owners', atLeast: 1 },
        ],
        expiresAfter: '2d',
      },
      longest: '6h',
    }),
    window({
      approval: {
        rules: [{ group: 'group:default/managers', atLeast: 2 }],
        approvers: ['user:default/ana'],
        requireComment: true,
        excludeRequester: false,
      },
    }),
  ];

  it('is what the strictest asks, of the same group once', () => {
    expect(exceptionApproval(windows, 9 * day)).toMatchObject({
      rules: [
        { group: 'group:default/managers', atLeast: 2 },
        { group: 'group:default/owners', atLeast: 1 },
      ],
      approvers: ['user:default/ana'],
      excludeRequester: true,
      requireComment: true,
      expiresAfter: '2d',
    });
    expect(longestException(windows)).toBe('6h');
  });

  it('is asked for no longer than the exception would last', () => {
    expect(exceptionApproval(windows, 3_600_000).expiresAfter).toBe('3600s');
  });
});
