export interface Limit {
  operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  value: number;
}

const number = '(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)';
const resultFirst = new RegExp(
  `(?<![\\w.\\]])result(?:\\[0\\])?\\s*(<=|>=|==|!=|<|>)\\s*${number}`,
  'g',
);
const numberFirst = new RegExp(
  `(?<![\\w.])${number}\\s*(<=|>=|==|!=|<|>)\\s*result(?:\\[0\\])?(?![\\w.\\[])`,
  'g',
);
const mirrored = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
} as const;

/**
 * The plain limits in a CEL condition, such as 0.05 in `result < 0.05 && result >= 0`. Only for drawing lines: what a
 * measurement means was decided by the backend.
 */
export function conditionLimits(condition: string | undefined): Limit[] {
  if (!condition) return [];
  const found: Limit[] = [];
  for (const [, operator, value] of condition.matchAll(resultFirst)) {
    found.push({
      operator: operator as Limit['operator'],
      value: Number(value),
    });
  }
  for (const [, value, operator] of condition.matchAll(numberFirst)) {
    found.push({
      operator: mirrored[operator as Limit['operator']],
      value: Number(value),
    });
  }
  return found;
}
