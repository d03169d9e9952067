import Ajv2020 from 'ajv/dist/2020';
import { FieldError } from './FieldError';

/**
 * Holds requests that come by another way than HTTP to the schemas of an OpenAPI document, as HTTP holds them. The check
 * throws `FieldError` with every field that does not keep to it.
 */
export function requestChecker<Name extends string>(document: {
  components: { schemas: Record<Name, unknown> };
}) {
  const ajv = new Ajv2020({ allErrors: true, strict: false }).addSchema(
    document,
    'openapi.json',
  );
  return function checkRequest<T>(name: Name, value: unknown): T {
    const validate = ajv.getSchema(`openapi.json#/components/schemas/${name}`);
    if (!validate) throw new Error(`There is no schema ${name}`);
    if (validate(value)) return value as T;
    throw new FieldError(
      (validate.errors ?? []).map(({ instancePath, message }) => ({
        pointer: instancePath,
        detail: message ?? 'is not valid',
      })),
    );
  };
}
