import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../schema/openapi.generated';
import type { Operation } from './operations';

/** Holds answers to what the OpenAPI document promises. */
export class DocumentCheck {
  readonly #ajv = addFormats(
    new Ajv2020({ strict: false, allErrors: true }),
  ).addSchema(openApiDocument, 'openapi.json');
  readonly #compiled = new Map<string, ValidateFunction>();

  /** What of an answer the document does not allow; `undefined` when it allows all of it. */
  problem(
    operation: Operation,
    answer: { status: number; type: string; text: string },
  ): string | undefined {
    const { status, type, text } = answer;
    if (status >= 500 && status !== 503) return `it failed: ${text}`;
    // `default` is for faults; every answer to a request has to be named.
    const declared = operation.responses[status];
    if (!declared) return `${status} is not declared: ${text.slice(0, 500)}`;
    const [media] = type.split(';');
    const schema = declared.content?.[media]?.schema;
    if (!schema) return `${media} is not declared for ${status}`;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return `the body is not JSON: ${text.slice(0, 200)}`;
    }
    const validate = this.#validator(
      // References in the schema are to the document.
      JSON.stringify(schema).replaceAll('"#/', '"openapi.json#/'),
    );
    if (!validate(body)) return this.#ajv.errorsText(validate.errors);
    return media === 'application/problem+json' &&
      (body as { status: number }).status !== status
      ? 'the problem tells another status'
      : undefined;
  }

  #validator(schema: string): ValidateFunction {
    const known =
      this.#compiled.get(schema) ?? this.#ajv.compile(JSON.parse(schema));
    this.#compiled.set(schema, known);
    return known;
  }
}
