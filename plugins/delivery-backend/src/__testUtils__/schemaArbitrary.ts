import fc, { type Arbitrary } from 'fast-check';
import { type JsonSchema, resolved } from './operations';

/** Values that mean something to the backend under test, by the name of the field or parameter. */
export type Known = Record<string, fc.JsonValue[]>;

/**
 * Values that keep to a JSON Schema of the OpenAPI document, as far as its keywords are used there; every second one
 * takes known values where there are some, so that requests get past the first check.
 */
export function schemaArbitrary(
  given: JsonSchema,
  known: Known,
  name = '',
): Arbitrary<fc.JsonValue> {
  const generated = fromSchema(resolved<JsonSchema>(given), known);
  return Object.hasOwn(known, name)
    ? fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...known[name]) },
        { weight: 1, arbitrary: generated },
      )
    : generated;
}

function fromSchema(schema: JsonSchema, known: Known): Arbitrary<fc.JsonValue> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf))
    return fc.oneof(
      ...schema.anyOf.map(option => schemaArbitrary(option, known)),
    );
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer(numberRange(schema));
    case 'number':
      return fc.double({ ...numberRange(schema), noNaN: true });
    case 'string':
      return text(schema);
    case 'array':
      return fc.array(schemaArbitrary(schema.items as JsonSchema, known), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: 4,
      });
    default:
      return object(schema, known);
  }
}

function numberRange({ minimum = -1000, maximum = 1000 }: JsonSchema) {
  return { min: Number(minimum), max: Number(maximum) };
}

function text({ pattern, minLength = 0, maxLength = 60 }: JsonSchema) {
  const max = Math.min(Number(maxLength), 60);
  return pattern
    ? fc.stringMatching(new RegExp(String(pattern)), { size: 'xsmall' })
    : fc.string({
        unit: 'grapheme',
        minLength: Number(minLength),
        maxLength: max,
      });
}

function object(schema: JsonSchema, known: Known): Arbitrary<fc.JsonValue> {
  const properties = Object.entries(
    (schema.properties ?? {}) as Record<string, JsonSchema>,
  );
  const required = (schema.required ?? []) as string[];
  const named = fc.record(
    Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        schemaArbitrary(property, known, name),
      ]),
    ),
    { requiredKeys: required },
  );
  const { additionalProperties } = schema;
  if (schema.maxProperties === 1) return oneProperty(properties, schema, known);
  if (typeof additionalProperties !== 'object' || properties.length)
    return named as Arbitrary<fc.JsonValue>;
  return fc.dictionary(
    fc.constantFrom('test', 'A', 'B_2', 'production'),
    schemaArbitrary(additionalProperties as JsonSchema, known),
    { maxKeys: 3 },
  );
}

/** `Exactly one of these keys`, as strategies and steps are. */
function oneProperty(
  properties: Array<[string, JsonSchema]>,
  { additionalProperties }: JsonSchema,
  known: Known,
): Arbitrary<fc.JsonValue> {
  const choices = properties.length
    ? properties
    : [['test', additionalProperties] as [string, JsonSchema]];
  return fc.oneof(
    ...choices.map(([name, property]) =>
      schemaArbitrary(property, known, name).map(value => ({ [name]: value })),
    ),
  );
}
