import type {
  AccessAction,
  AccessExplanation,
  AccessPerson,
  AccessRole,
  AccessRule,
} from '@slipway/backstage-plugin-access-common';

const deploying: AccessRule = {
  role: 'developer',
  roleTitle: 'Developer',
  permissions: ['delivery.rollout.create', 'delivery.*.read'],
  conditions: ['owner of the component', 'tier is development or staging'],
  source: 'permission.slipway.roles[1].allow[3]',
};

const everything: AccessRule = {
  role: 'release-manager',
  roleTitle: 'Release manager',
  permissions: ['delivery.rollout.create'],
  conditions: [],
  source: 'permission.slipway.roles[2].allow[0]',
};

export const roles: AccessRole[] = [
  {
    name: 'developer',
    title: 'Developer',
    description: 'Delivers own components.',
    members: ['group:default/engineering', '*'],
    people: ['user:default/ana'],
    rules: [deploying],
  },
];

export const ana: AccessPerson = {
  userEntityRef: 'user:default/ana',
  displayName: 'Ana Ruiz',
  roles: [
    {
      name: 'developer',
      title: 'Developer',
      through: 'group:default/engineering',
    },
  ],
};

export const eva: AccessPerson = {
  userEntityRef: 'user:default/eva',
  displayName: 'Eva Lind',
  roles: [],
};

export const actions: AccessAction[] = [
  {
    permission: 'delivery.rollout.create',
    pluginId: 'delivery',
    action: 'create',
    rules: [deploying, everything],
  },
  { permission: 'catalog.entity.read', pluginId: 'catalog', rules: [] },
];

export const denial: AccessExplanation = {
  userEntityRef: 'user:default/ana',
  permission: 'delivery.rollout.create',
  componentRef: 'component:default/checkout',
  environmentRef: 'resource:default/production',
  verdict: 'deny',
  message: 'Ana Ruiz may not do this: the tier is production.',
  rules: [
    {
      ...deploying,
      through: 'group:default/engineering',
      outcome: 'fails',
      checks: [
        { text: 'owner of the component', holds: true, found: 'booking' },
        {
          text: 'tier is development or staging',
          holds: false,
          found: 'production',
        },
      ],
    },
  ],
  wouldAllow: [everything],
};
