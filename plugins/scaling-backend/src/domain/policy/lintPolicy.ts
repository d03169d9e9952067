import type {
  ScalingPolicy,
  ScalingPolicyLimits,
} from '@slipway/backstage-plugin-scaling-common';
import {
  type FieldProblem,
  recurringTimeProblems,
} from '@slipway/backstage-plugin-slipway-node';
import { metricName } from './metricName';

/** What is wrong with a policy that keeps to its schema. Pointers are into the document. */
export function lintPolicy({ spec }: ScalingPolicy): FieldProblem[] {
  return [
    ...Object.entries(spec.replicas).flatMap(([tier, limits]) =>
      limitProblems(limits, `/spec/replicas/${tier}`),
    ),
    ...repeated(spec.metrics.map(metricName)).map(({ index, name }) => ({
      pointer: `/spec/metrics/${index}`,
      detail: `there is a metric '${name}' already; one of them is enough`,
    })),
    ...scheduleProblems(spec),
  ];
}

function scheduleProblems({
  replicas,
  schedules = [],
}: ScalingPolicy['spec']): FieldProblem[] {
  const names = repeated(schedules.map(({ name }) => name)).map(
    ({ index, name }) => ({
      pointer: `/spec/schedules/${index}/name`,
      detail: `there is a schedule '${name}' already`,
    }),
  );
  return schedules.reduce<FieldProblem[]>((problems, schedule, index) => {
    const at = `/spec/schedules/${index}`;
    const tiers = (schedule.tiers ?? []).flatMap((tier, position) =>
      replicas[tier]
        ? []
        : [
            {
              pointer: `${at}/tiers/${position}`,
              detail: `the policy has no limits for ${tier}; add them under /spec/replicas/${tier}`,
            },
          ],
    );
    const time = recurringTimeProblems(schedule).map(({ pointer, detail }) => ({
      pointer: `${at}${pointer}`,
      detail,
    }));
    return [
      ...problems,
      ...tiers,
      ...time,
      ...limitProblems(schedule.replicas, `${at}/replicas`),
    ];
  }, names);
}

function limitProblems(
  { min, max }: ScalingPolicyLimits,
  at: string,
): FieldProblem[] {
  if (min > max)
    return [
      { pointer: `${at}/min`, detail: `must be at most max, which is ${max}` },
    ];
  if (min === 0 && max > 0)
    return [
      {
        pointer: `${at}/min`,
        detail:
          'can be 0 only where max is 0 too: the load of no replicas cannot be measured, so nothing would bring them back',
      },
    ];
  return [];
}

function repeated(names: string[]): Array<{ index: number; name: string }> {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ index, name }] : [],
  );
}
