import { containersOf, resourcesOf } from './resourcesOf';

const container = (
  name: string,
  requests?: Record<string, string>,
  more: object = {},
) => ({ name, resources: { requests }, ...more });

describe('what a replica requests', () => {
  it('is the sum of its containers, with sidecars', () => {
    expect(
      resourcesOf({
        containers: [
          container('app', { cpu: '250m', memory: '1Gi' }),
          container('log', { cpu: '50m', memory: '512Mi' }),
        ],
        initContainers: [
          container(
            'proxy',
            { cpu: '100m', memory: '512Mi' },
            { restartPolicy: 'Always' },
          ),
          container('migrate', { cpu: '200m', memory: '4Gi' }),
        ],
      }),
    ).toEqual({
      cpuCores: expect.closeTo(0.4, 10),
      memoryBytes: 4 * 2 ** 30,
    });
  });

  it('is its limit where nothing is requested', () => {
    expect(
      resourcesOf({
        containers: [{ name: 'app', resources: { limits: { cpu: '2' } } }],
      }),
    ).toEqual({ cpuCores: 2 });
  });

  it('is not known where one container does not say', () => {
    expect(
      resourcesOf({
        containers: [container('app', { cpu: '1' }), container('log')],
      }),
    ).toEqual({});
    expect(resourcesOf(undefined)).toEqual({});
  });
});

it('is told of each container that keeps running, with its limits', () => {
  expect(
    containersOf({
      containers: [
        {
          name: 'app',
          resources: {
            requests: { cpu: '250m' },
            limits: { cpu: '1', memory: '1Gi' },
          },
        },
      ],
      initContainers: [
        container('proxy', { memory: '64Mi' }, { restartPolicy: 'Always' }),
        container('migrate', { cpu: '2' }),
      ],
    }),
  ).toEqual([
    { name: 'proxy', requests: { memoryBytes: 64 * 2 ** 20 }, limits: {} },
    {
      name: 'app',
      requests: { cpuCores: 0.25 },
      limits: { cpuCores: 1, memoryBytes: 2 ** 30 },
    },
  ]);
});
