import Ajv2020 from 'ajv/dist/2020';
import { FieldError } from '../domain/FieldError';
import { openApiDocument } from './openapi.generated';

const ajv = new Ajv2020({ allErrors: true, strict: false }).addSchema(
  openApiDocument,
  'openapi.json',
);

/**
 * A request that came by another way than HTTP, held to the schema that HTTP holds it to. Throws `FieldError` with every
 * field that does not keep to it.
 */
export function checkRequest<T>(
  name: keyof typeof openApiDocument.components.schemas,
  value: unknown,
): T {
  const validate = ajv.getSchema(`openapi.json#/components/schemas/${name}`);
  if (!validate) throw new Error(`There is no schema ${name}`);
  if (validate(value)) return value as T;
  throw new FieldError(
    (validate.errors ?? []).map(({ instancePath, message }) => ({
      pointer: instancePath,
      detail: message ?? 'is not valid',
    })),
  );
}
