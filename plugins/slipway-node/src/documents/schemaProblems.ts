import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import type { FieldProblem } from '../api/FieldError';

/** What the last look of a schema (compiled with `allErrors` and `verbose`) refused, one problem a field. */
export function schemaProblems(validate: ValidateFunction): FieldProblem[] {
  const errors = validate.errors ?? [];
  const byPointer = new Map<string, string>();
  for (const error of errors) {
    // The alternatives of anyOf are told by the description of the whole.
    const alternative = errors.some(
      ({ keyword, schemaPath, instancePath }) =>
        keyword === 'anyOf' &&
        instancePath === error.instancePath &&
        error.schemaPath.startsWith(`${schemaPath}/`),
    );
    if (alternative) continue;
    const { pointer, detail } = told(error);
    const before = byPointer.get(pointer);
    byPointer.set(pointer, before ? `${before}; ${detail}` : detail);
  }
  return [...byPointer].map(([pointer, detail]) => ({ pointer, detail }));
}

function told({
  instancePath,
  keyword,
  message = 'does not hold',
  params,
  parentSchema,
}: ErrorObject): FieldProblem {
  const below = (key: string) =>
    `${instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'additionalProperties':
      return {
        pointer: below(params.additionalProperty),
        detail: 'is not a field of this document',
      };
    case 'required':
      return { pointer: below(params.missingProperty), detail: 'is missing' };
    case 'enum':
      return {
        pointer: instancePath,
        detail: `must be one of ${params.allowedValues.join(', ')}`,
      };
    case 'anyOf':
      return {
        pointer: instancePath,
        detail: parentSchema?.description ?? message,
      };
    default:
      return { pointer: instancePath, detail: message };
  }
}
