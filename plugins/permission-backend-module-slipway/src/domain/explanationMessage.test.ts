import type { AccessExplanation } from '@slipway/backstage-plugin-access-common';
import { explanationMessage } from './explanationMessage';

type Rule = AccessExplanation['rules'][number];

function rule(roleTitle: string, parts: Partial<Rule> = {}): Rule {
  return {
    role: 'any',
    roleTitle,
    permissions: ['delivery.rollout.create'],
    conditions: [],
    source: 'permission.slipway.roles[0].allow[0]',
    through: '*',
    outcome: 'applies',
    checks: [],
    ...parts,
  };
}

function message(parts: Partial<AccessExplanation>) {
  return explanationMessage(
    {
      userEntityRef: 'user:default/ana',
      permission: 'delivery.rollout.create',
      verdict: 'deny',
      rules: [],
      wouldAllow: [],
      ...parts,
    },
    'Ana Ruiz',
  );
}

const staging = 'the environment is of tier staging';
const own = 'they or a group of theirs own the component';

describe('the message of an explanation', () => {
  it('says through what somebody has the role that allows it', () => {
    expect(message({ verdict: 'allow', rules: [rule('Viewer')] })).toBe(
      'Ana Ruiz may do this, because the role Viewer (which everybody who is signed in has) allows it.',
    );
    expect(
      message({
        verdict: 'allow',
        rules: [rule('Admin', { through: 'user:default/ana' })],
      }),
    ).toBe(
      'Ana Ruiz may do this, because the role Admin (given to them by name) allows it.',
    );
  });

  it('prefers the rule that holds always', () => {
    expect(
      message({
        verdict: 'allow',
        rules: [
          rule('Developer', {
            conditions: [own],
            checks: [{ text: own, holds: true }],
          }),
          rule('Admin'),
        ],
      }),
    ).toContain('the role Admin');
  });

  it('joins several ways', () => {
    expect(
      message({
        verdict: 'conditional',
        rules: [
          rule('Developer', {
            outcome: 'depends',
            through: 'group:default/a',
            conditions: [own, staging],
          }),
          rule('Tester', { outcome: 'depends', conditions: [staging] }),
          rule('Other', { outcome: 'fails', conditions: [own] }),
        ],
      }),
    ).toBe(
      `Ana Ruiz may do this where ${own} and ${staging}, because of the role Developer (through group:default/a); and ` +
        `where ${staging}, because of the role Tester (which everybody who is signed in has).`,
    );
  });

  it('says that no role allows it, and whose would', () => {
    expect(message({})).toBe(
      'Ana Ruiz may not do this: no role of theirs allows it.',
    );
    expect(
      message({
        wouldAllow: [rule('Developer'), rule('Admin'), rule('Admin')],
      }),
    ).toBe(
      'Ana Ruiz may not do this: no role of theirs allows it. The roles Developer and Admin would allow it.',
    );
  });

  it('says what was found where a condition does not hold', () => {
    expect(
      message({
        componentRef: 'component:default/quotes',
        environmentRef: 'resource:default/production',
        rules: [
          rule('Developer', {
            outcome: 'fails',
            conditions: [own, staging],
            checks: [
              { text: own, holds: false, found: 'it has no owner' },
              {
                text: staging,
                holds: false,
                found: 'the tier is production',
              },
            ],
          }),
        ],
      }),
    ).toBe(
      'Ana Ruiz may not do this to quotes in production: the role Developer (which everybody who is signed in has) ' +
        `allows it only where ${own} and ${staging}, but it has no owner and the tier is production.`,
    );
  });
});
