import type { JsonObject } from '@backstage/types';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';

/** Checks values against the JSON Schemas (2020-12) that modules bring. */
export class SchemaChecker {
  readonly #ajv = new Ajv2020({ allErrors: true, strict: false });
  readonly #compiled = new WeakMap<JsonObject, ValidateFunction>();

  /** All that is wrong, in one line, or `undefined`. */
  problem(schema: JsonObject, value: unknown): string | undefined {
    let validate = this.#compiled.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(schema);
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return undefined;
    return (validate.errors ?? [])
      .map(({ instancePath, message, params }) => {
        const extra =
          'additionalProperty' in params
            ? `: '${params.additionalProperty}'`
            : '';
        return `${instancePath ? `${instancePath.slice(1).replaceAll('/', '.')} ` : ''}${message}${extra}`;
      })
      .join('; ');
  }
}
