import { Environment } from '@marcbachmann/cel-js';

// Names such as `canary` or `stable` depend on the provider, so they are not declared beforehand.
const environment = new Environment({ unlistedVariablesAreDyn: true });

/** Why an expression cannot be used as a condition, or `undefined` when it can. */
export function conditionProblem(expression: string): string | undefined {
  const checked = environment.check(expression);
  if (!checked.valid) return firstLine(checked.error);
  if (checked.type !== 'bool' && checked.type !== 'dyn')
    return `it gives ${checked.type}, not true or false`;
  return undefined;
}

/**
 * Evaluates a CEL condition over named values. Throws an `Error` with one line of reason when it cannot be
 * evaluated, or does not give true or false.
 */
export function evaluateCondition(
  expression: string,
  variables: Record<string, unknown>,
): boolean {
  let result: unknown;
  try {
    result = environment.evaluate(expression, variables);
  } catch (error) {
    throw new Error(`'${expression}' cannot be evaluated: ${firstLine(error)}`);
  }
  if (typeof result !== 'boolean')
    throw new Error(`'${expression}' does not give true or false`);
  return result;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0];
}
