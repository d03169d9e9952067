import { hpaMetrics } from './hpaMetrics';

describe('metrics of a HorizontalPodAutoscaler', () => {
  it('are shown in the unit of their target, with how much of it there is', () => {
    expect(
      hpaMetrics(
        {
          spec: {
            maxReplicas: 3,
            scaleTargetRef: { kind: 'Deployment', name: 'shop' },
            metrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'memory',
                  target: { type: 'AverageValue', averageValue: '1Mi' },
                },
              },
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  target: { type: 'Utilization', averageUtilization: 80 },
                },
              },
            ],
          },
          status: {
            desiredReplicas: 1,
            currentMetrics: [
              {
                type: 'Resource',
                resource: {
                  name: 'memory',
                  current: { averageValue: '524288666m' },
                },
              },
              {
                type: 'Resource',
                resource: {
                  name: 'cpu',
                  current: { averageUtilization: 120, averageValue: '60m' },
                },
              },
            ],
          },
        },
        { memoryBytes: 2 ** 20 },
      ),
    ).toEqual([
      {
        name: 'memory',
        target: '1Mi',
        current: '524289',
        ratio: expect.closeTo(0.5, 5),
        utilization: expect.closeTo(50, 3),
        average: expect.closeTo(524_288.666, 3),
      },
      {
        name: 'cpu',
        target: '80 %',
        current: '120 %',
        ratio: 1.5,
        utilization: 120,
        average: 0.06,
      },
    ]);
  });
});
