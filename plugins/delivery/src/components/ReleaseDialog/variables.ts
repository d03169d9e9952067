import type { CreateReleaseRequest } from '@slipway/backstage-plugin-delivery-common';

/** One row of the editor; an empty environment means all. */
export interface Variable {
  id: number;
  name: string;
  value: string;
  environment: string;
}

export type VariableProblem = 'name' | 'twice';

/** What is wrong with each row, by its id. Rows without a name and value are ignored. */
export function variableProblems(
  variables: readonly Variable[],
): Map<number, VariableProblem> {
  const problems = new Map<number, VariableProblem>();
  const seen = new Set<string>();
  for (const one of variables) {
    if (!one.name && !one.value) continue;
    const key = `${one.environment} ${one.name}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(one.name)) {
      problems.set(one.id, 'name');
    } else if (seen.has(key)) {
      problems.set(one.id, 'twice');
    }
    seen.add(key);
  }
  return problems;
}

/** The rows as the API takes them. */
export function configurationOf(
  variables: readonly Variable[],
): CreateReleaseRequest['configuration'] {
  const named = variables.filter(one => one.name);
  if (named.length === 0) return undefined;
  const values: Record<string, string> = {};
  const environmentValues: Record<string, Record<string, string>> = {};
  for (const one of named) {
    if (!one.environment) values[one.name] = one.value;
    else (environmentValues[one.environment] ??= {})[one.name] = one.value;
  }
  return {
    ...(Object.keys(values).length > 0 && { values }),
    ...(Object.keys(environmentValues).length > 0 && { environmentValues }),
  };
}
