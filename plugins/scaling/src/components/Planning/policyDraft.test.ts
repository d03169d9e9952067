import { target } from '../../__testUtils__/renderPage';
import { policyDraft } from './policyDraft';

describe('the policy that one begins with', () => {
  it('is like the autoscaler that works on it', () => {
    expect(
      policyDraft(
        target({
          metrics: [
            { name: 'cpu', ratio: 1.5, utilization: 120 },
            { name: 'memory', ratio: 0.5, average: 3 },
          ],
        }),
      ),
    ).toBe(`apiVersion: slipway.dev/v1alpha1
kind: ScalingPolicy
metadata:
  name: checkout
spec:
  replicas:
    production: { min: 2, max: 5 }
  metrics:
    - { type: cpu, targetUtilization: 80 }
`);
  });

  it('goes by requests where only these are measured', () => {
    const by = (ratio?: number) =>
      policyDraft(
        target({
          metrics: [
            {
              name: 'requestsPerReplica',
              average: 12,
              ...(ratio && { ratio }),
            },
            { name: 'cpu', average: 0.2 },
          ],
        }),
      );
    expect(by(0.4)).toContain('- { type: requestsPerReplica, target: 30 }');
    expect(by()).toContain('- { type: requestsPerReplica, target: 20 }');
  });

  it('holds where nothing works on it', () => {
    const draft = policyDraft(
      target({
        workload: 'Deployment/Shop_2.',
        minReplicas: undefined,
        maxReplicas: undefined,
        currentReplicas: 3,
        metrics: [],
      }),
    );
    expect(draft).toContain('name: shop-2\n');
    expect(draft).toContain('production: { min: 1, max: 6 }');
    expect(draft).toContain('{ type: cpu, targetUtilization: 70 }');
  });
});
