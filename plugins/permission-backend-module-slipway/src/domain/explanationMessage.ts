import { parseEntityRef } from '@backstage/catalog-model';
import type { AccessExplanation } from '@slipway/backstage-plugin-access-common';
import { listed, throughText } from './words';

type Rule = AccessExplanation['rules'][number];

/** The answer in a sentence, or two if somebody else's role would help. */
export function explanationMessage(
  answer: Omit<AccessExplanation, 'message'>,
  displayName: string,
): string {
  const { rules, userEntityRef, verdict, wouldAllow } = answer;
  const role = ({ roleTitle, through }: Rule) =>
    `the role ${roleTitle} (${throughText(through, userEntityRef)})`;
  const applying = rules.filter(({ outcome }) => outcome === 'applies');

  if (verdict === 'allow') {
    // What holds without a condition says more than what happens to hold here.
    const rule = applying.find(({ checks }) => !checks.length) ?? applying[0];
    const where = rule.conditions.length ? onWhat(answer) : '';
    const proviso = rule.conditions.length
      ? ` where ${listed(rule.conditions, 'and')}, as is the case here`
      : '';
    return `${displayName} may do this${where}, because ${role(rule)} allows it${proviso}.`;
  }
  if (verdict === 'conditional') {
    const ways = rules
      .filter(({ outcome }) => outcome === 'depends')
      .map(
        rule =>
          `where ${listed(rule.conditions, 'and')}, because of ${role(rule)}`,
      );
    return `${displayName} may do this ${ways.join('; and ')}.`;
  }

  const reasons = rules.map(rule =>
    rule.outcome === 'unanswerable'
      ? `${role(rule)} allows it only under a condition that cannot be asked here`
      : `${role(rule)} allows it only where ${listed(rule.conditions, 'and')}, but ${listed(failures(rule), 'and')}`,
  );
  const why = reasons.length
    ? reasons.join('; ')
    : 'no role of theirs allows it';
  return `${displayName} may not do this${
    reasons.length ? onWhat(answer) : ''
  }: ${why}.${help(wouldAllow)}`;
}

function failures({ checks }: Rule): string[] {
  return checks.flatMap(({ holds, found }) =>
    holds === false && found ? [found] : [],
  );
}

function help(wouldAllow: AccessExplanation['wouldAllow']): string {
  const titles = [...new Set(wouldAllow.map(({ roleTitle }) => roleTitle))];
  if (!titles.length) return '';
  return titles.length === 1
    ? ` The role ${titles[0]} would allow it.`
    : ` The roles ${listed(titles, 'and')} would allow it.`;
}

function onWhat({
  componentRef,
  environmentRef,
}: Omit<AccessExplanation, 'message'>): string {
  const name = (ref: string) => parseEntityRef(ref).name;
  return [
    componentRef && ` to ${name(componentRef)}`,
    environmentRef && ` in ${name(environmentRef)}`,
  ]
    .filter(Boolean)
    .join('');
}
