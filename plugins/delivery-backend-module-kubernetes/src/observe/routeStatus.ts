import type { HttpRoute } from '../objects/httpRoute';

// Conditions by which a gateway says that it does not do what a route asks for.
const inWords: Record<string, string> = {
  Accepted: 'does not accept',
  Programmed: 'has not set up',
  ResolvedRefs: 'does not find all that is named in',
};

/** Whether at least one gateway has taken the route up. `undefined` when no gateway has said anything about it. */
export function isAccepted({ status }: HttpRoute): boolean | undefined {
  const said = (status?.parents ?? []).flatMap(({ conditions = [] }) =>
    conditions.filter(({ type }) => type === 'Accepted'),
  );
  return said.length
    ? said.some(condition => condition.status === 'True')
    : undefined;
}

/** Whether a gateway that has accepted the route has not looked at its last change yet. */
export function isBehind({ metadata, status }: HttpRoute): boolean {
  const generation = metadata?.generation ?? 0;
  return (status?.parents ?? []).some(({ conditions = [] }) =>
    conditions.some(
      ({ observedGeneration = generation, status: value, type }) =>
        type === 'Accepted' &&
        value === 'True' &&
        observedGeneration < generation,
    ),
  );
}

/** What gateways say is wrong with a route, in words. */
export function routeProblem(route: HttpRoute): string | undefined {
  const name = route.metadata?.name;
  const problems = (route.status?.parents ?? []).flatMap(
    ({ conditions = [], controllerName, parentRef }) =>
      conditions
        .filter(({ status, type }) => status === 'False' && type in inWords)
        .map(
          ({ message, reason, type }) =>
            `${parentRef.kind ?? 'Gateway'} ${parentRef.name} (${controllerName}) ${inWords[type]} HTTPRoute ${name}: ${[reason, message].filter(Boolean).join(', ') || 'it does not say why'}`,
        ),
  );
  if (problems.length) return problems.join('; ');
  return isAccepted(route) === undefined
    ? `no gateway has accepted HTTPRoute ${name}`
    : undefined;
}
