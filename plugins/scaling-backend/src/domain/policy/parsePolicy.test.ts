import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import { stringify } from 'yaml';
import { nightly, policy } from '../../__testUtils__/policy';
import { checkPolicy, parsePolicy, policyFrom } from './parsePolicy';

const text = `apiVersion: slipway.dev/v1alpha1
kind: ScalingPolicy
metadata:
  name: web
  title: Web shops
spec:
  replicas:
    production: { min: 3, max: 20 }
    development: { min: 1, max: 2 }
  metrics:
    - type: cpu
      targetUtilization: 70
    - { type: memory, targetUtilization: 80 }
    - { type: requestsPerReplica, target: 50 }
    - { type: queueLength, target: 30, query: sum(jobs) }
    - { type: prometheus, name: sessions, query: sum(sessions), target: 200 }
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 30
      selectPolicy: Min
      tolerance: 0.05
      policies:
        - { type: Pods, value: 2, periodSeconds: 60 }
    scaleDown: { selectPolicy: Disabled }
  schedules:
    - name: night
      tiers: [development]
      start: '2026-01-01T20:00'
      timeZone: Europe/Berlin
      duration: 11h
      recurrence: FREQ=DAILY
      replicas: { min: 0, max: 0 }
`;

function problemsOf(document: unknown) {
  const parsed = checkPolicy(document);
  return 'problems' in parsed ? parsed.problems : [];
}

describe('a scaling policy', () => {
  it('is read from YAML with everything that it can hold', () => {
    const parsed = parsePolicy(text);
    expect(parsed).toMatchObject({
      policy: {
        document: { metadata: { name: 'web' } },
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
    });
  });

  it('has one digest whatever the order of its keys, and as YAML or JSON', () => {
    const forwards = policyFrom(policy(), '/policy');
    const { spec, metadata, kind, apiVersion } = policy();
    expect(
      policyFrom(stringify({ spec, metadata, kind, apiVersion }), '/policy')
        .digest,
    ).toBe(forwards.digest);
    expect(policyFrom(JSON.stringify(policy()), '/policy').digest).toBe(
      forwards.digest,
    );
    expect(
      policyFrom(policy({ replicas: { production: { min: 2, max: 20 } } }), '')
        .digest,
    ).not.toBe(forwards.digest);
  });

  it('says the line and the field of what does not hold, and of a metric only what its type lacks', () => {
    const parsed = parsePolicy(
      text
        .replace('targetUtilization: 70', 'target: 70')
        .replace('min: 3, max: 20', 'min: 30, max: 20.5')
        .replace('type: queueLength', 'type: queueLenght')
        .replace('selectPolicy: Min', 'selectPolicy: min'),
    );
    expect(parsed).toEqual({
      problems: [
        {
          pointer: '/spec/replicas/production/max',
          line: 8,
          detail: 'must be integer',
        },
        {
          pointer: '/spec/behavior/scaleUp/selectPolicy',
          line: 20,
          detail: 'must be one of Max, Min, Disabled',
        },
        {
          pointer: '/spec/metrics/0/targetUtilization',
          line: 11,
          detail: 'is missing',
        },
        {
          pointer: '/spec/metrics/0/target',
          line: 12,
          detail: 'is not a field of this document',
        },
        {
          pointer: '/spec/metrics/3/type',
          line: 15,
          detail:
            'must be one of cpu, memory, requestsPerReplica, queueLength, prometheus',
        },
      ],
    });
  });

  it('says where YAML cannot be read, and that nothing is no policy', () => {
    expect(parsePolicy('kind: [\n')).toMatchObject({
      problems: [{ pointer: '', line: 2 }],
    });
    expect(parsePolicy('')).toMatchObject({ problems: [{ pointer: '' }] });
    expect(parsePolicy('a: &a [*a]')).toHaveProperty('problems');
    expect(problemsOf('policy')).toMatchObject([{ pointer: '' }]);
  });

  it.each<[string, Parameters<typeof policy>[0], string, RegExp]>([
    [
      'a least that is more than the most',
      { replicas: { production: { min: 4, max: 3 } } },
      '/spec/replicas/production/min',
      /at most max, which is 3/,
    ],
    [
      'no replicas without a schedule',
      { replicas: { production: { min: 0, max: 3 } } },
      '/spec/replicas/production/min',
      />= 1/,
    ],
    ['no metrics', { metrics: [] }, '/spec/metrics', /1 item/],
    [
      'two metrics of one name',
      {
        metrics: [
          { type: 'cpu', targetUtilization: 70 },
          { type: 'cpu', targetUtilization: 80 },
        ],
      },
      '/spec/metrics/1',
      /'cpu' already/,
    ],
    [
      'a schedule that could not come back from nothing',
      {
        replicas: { development: { min: 1, max: 1 } },
        schedules: [{ ...nightly, replicas: { min: 0, max: 2 } }],
      },
      '/spec/schedules/0/replicas/min',
      /only where max is 0/,
    ],
    [
      'a schedule of a tier without limits',
      { schedules: [nightly] },
      '/spec/schedules/0/tiers/0',
      /no limits for development/,
    ],
    [
      'a schedule in a time zone that does not exist',
      {
        schedules: [
          { ...nightly, tiers: undefined, timeZone: 'Europe/Berlinn' },
        ],
      },
      '/spec/schedules/0/timeZone',
      /no time zone/,
    ],
    [
      'a schedule that never comes',
      {
        schedules: [
          {
            ...nightly,
            tiers: ['production'],
            recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
          },
        ],
      },
      '/spec/schedules/0/recurrence',
      /never happens/,
    ],
    [
      'two schedules of one name',
      {
        schedules: [
          { ...nightly, tiers: undefined },
          { ...nightly, tiers: undefined },
        ],
      },
      '/spec/schedules/1/name',
      /'night' already/,
    ],
  ])('refuses %s', (_, spec, pointer, detail) => {
    expect(problemsOf(JSON.parse(JSON.stringify(policy(spec))))).toEqual([
      { pointer, detail: expect.stringMatching(detail) },
    ]);
  });

  it('refuses in a request with the field of the request', () => {
    const refused = () =>
      policyFrom(text.replace('min: 3', 'min: 33'), '/policy');
    expect(refused).toThrow(FieldError);
    expect(refused).toThrow(
      '/policy/spec/replicas/production/min: line 8: must be at most max, which is 20',
    );
  });
});
