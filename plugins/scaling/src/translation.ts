import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * All texts of the plugin, in English. Portals translate or reword them with a translation resource.
 *
 * @public
 */
export const scalingTranslationRef = createTranslationRef({
  id: 'scaling',
  messages: {
    page: {
      title: 'Scaling',
      workloads: 'Workloads',
      filters: 'Filters',
      search: 'Component or workload',
      driver: 'Driven by',
      state: 'State',
      all: 'All',
      attention: 'Needs attention',
      calm: 'Needs none',
      failed: 'The replicas could not be read',
      empty: 'Nothing with replicas was found yet',
      emptyHelp:
        'Environments are looked at every half minute. Give an environment in the catalog the runtime kubernetes with a cluster and a namespace, and its Deployments the label backstage.io/kubernetes-id of their component.',
      noMatch: 'No workload matches',
      noMatchHelp: 'Take some of the filters away to see more.',
      clear: 'Clear filters',
      total_one: '{{count}} in all',
      total_other: '{{count}} in all',
      first: 'First page',
      next: 'Next page',
      pages: 'Pages of workloads',
      sourceProblem: '{{name}} cannot be seen: {{problem}}',
    },
    columns: {
      component: 'Component',
      environment: 'Environment',
      workload: 'Workload',
      driver: 'Driven by',
      replicas: 'Replicas',
      limits: 'Limits',
      load: 'Load',
      state: 'State',
    },
    driver: {
      hpa: 'HPA',
      keda: 'KEDA',
      fixed: 'Fixed',
      named: '{{kind}} {{name}}',
      paused: 'paused',
    },
    value: {
      unknown: 'unknown',
      none: 'none',
      replicas: '{{ready}} of {{desired}} ready',
      limits: '{{min}} to {{max}}',
      percent: '{{percent}} %',
    },
    state: {
      good: 'As it should be',
      attention: 'Needs attention',
      unknown: 'Not seen since',
    },
    target: {
      replicas: 'Replicas',
      limits: 'Limits',
      driver: 'Driven by',
      seen: 'Last seen',
      metrics: 'What it looks at',
      metric: '{{name}}: {{current}}, kept at {{target}}',
      conditions: 'Why it does or does not scale',
      noConditions: 'Nothing holds it back.',
      fixedHelp:
        'No autoscaler works on it: people and releases say how many replicas there are.',
      recommendation: 'Recommended requests',
      recommended: '{{container}}: {{resources}}',
      events: 'Events',
      eventsFailed: 'The events could not be read',
      noEvents: 'Nothing was told.',
      times_one: 'once',
      times_other: '{{count}} times',
    },
    changes: {
      title: 'Changes',
      scale: 'Scale…',
      setPolicy: 'Set a policy…',
      end: 'End now',
      none: 'Nobody has changed the number of replicas from here.',
      unread: 'The changes could not be read',
      by: 'Asked for by {{by}}: {{reason}}',
      held: 'Policy {{name}} waits for those who have to agree, and for an open window. {{what}}',
      applyingPolicy: 'Policy {{name}} is being applied.',
      byPolicy: 'Policy {{name}}: {{min}} to {{max}} replicas.',
      byPolicyNow:
        'Policy {{name}}: {{min}} to {{max}} replicas, by its schedule {{schedule}}.',
      preparing: 'Looks how it is set.',
      applying: 'Is being set to {{replicas}}.',
      waits: 'Waits: {{what}}',
      active: '{{replicas}} replicas until somebody ends it.',
      activeUntil: '{{replicas}} replicas until {{until}}.',
      reverting: 'Is being put back as it was.',
      stuck:
        'Could not be put back: {{problem}}. It is tried again every 15 minutes; end it to try now.',
      expired: 'Over by itself.',
      endedBy: 'Ended by {{by}}: {{reason}}.',
      superseded: 'A newer change took its place.',
      failed: 'Failed: {{reason}}.',
      outcome: {
        restored: 'It is as it was before.',
        left: 'It was left as it is.',
        gone: 'The workload is not there any more.',
        untouched: 'Nothing had been changed.',
        takenOver: 'The newer one puts back what was.',
        meddled: 'Somebody had changed it to {{found}}, which was left.',
      },
      effect: {
        least:
          '{{name}} will keep at least {{replicas}}, and add more when the load asks for it.',
        raise:
          '{{name}} will keep at least {{replicas}}; its most is raised as well.',
        delivery:
          'Delivery will roll out {{replicas}}; later releases keep the number.',
        fixed: 'There will be {{replicas}}.',
      },
    },
    scale: {
      title: 'Scale {{component}} in {{environment}}',
      failed: 'It could not be scaled',
      replicas: 'Replicas',
      bounds: 'Between {{min}} and {{max}}',
      supersedes: 'This takes the place of: {{what}}',
      until: 'Until',
      untilHelp:
        'Then it is put back as it was. At most {{days}} days ahead; left empty, until somebody ends it.',
      untilRequired:
        'Then it is put back as it was. Needed here; at most {{days}} days ahead.',
      reason: 'Reason',
      cancel: 'Cancel',
      submit: 'Scale',
    },
    policy: {
      title: 'A scaling policy for {{component}} in {{environment}}',
      failed: 'The policy was not taken',
      will: 'It is checked and tried without effect at once. It begins when everybody has agreed who has to for this environment, and a window is open. Limits of the tier {{tier}} count here.',
      document: 'Policy (YAML)',
      submit: 'Apply',
    },
    end: {
      title: 'End the change of {{component}} in {{environment}}',
      failed: 'It could not be ended',
      what: 'What becomes of the replicas',
      restore: 'Put back what was before, unless somebody has changed it',
      leave: 'Leave them as they are',
    },
    history: {
      title: 'Replicas against load',
      failed: 'The history could not be read',
      empty: 'Nothing was recorded in this time',
      range: 'Time shown',
      hours_one: '{{count}} hour',
      hours_other: '{{count}} hours',
      days_one: '{{count}} day',
      days_other: '{{count}} days',
      legend:
        'Solid: replicas (left). Dashed: load in percent of the target (right).',
      replicas: 'Replicas: {{value}}',
      load: 'Load: {{value}} % of the target',
      summary: 'From {{first}} to {{last}} replicas, at most {{most}}',
    },
    entity: {
      failed: 'How this component scales could not be read',
      empty: 'Nothing of this component was found in any environment',
      emptyHelp:
        'Its Deployments are found by the label backstage.io/kubernetes-id, in the cluster and namespace of each environment.',
    },
  },
});
