/** What of a JSON Schema the form can show. */
export interface SchemaField {
  name: string;
  title: string;
  description?: string;
  required: boolean;
  /** `json`: anything else, typed as JSON. */
  type: 'string' | 'number' | 'boolean' | 'strings' | 'json';
  options?: string[];
  initial: string;
  pattern?: string;
  /** Is the release's own version unless somebody types another. */
  followsVersion: boolean;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function typeOf(schema: Record<string, unknown>): SchemaField['type'] {
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'boolean') return 'boolean';
  if (
    schema.type === 'array' &&
    isRecord(schema.items) &&
    schema.items.type === 'string'
  )
    return 'strings';
  if (schema.type === 'string' || Array.isArray(schema.enum)) return 'string';
  return 'json';
}

/** A value of a specification as it stands in its field. */
export function typedValue(type: SchemaField['type'], value: unknown): string {
  if (value === undefined) return type === 'boolean' ? 'false' : '';
  if (type === 'strings' && Array.isArray(value)) return value.join('\n');
  return type === 'json' ? JSON.stringify(value) : String(value);
}

/** The fields of an object schema, required ones first. */
export function schemaFields(schema: Record<string, unknown>): SchemaField[] {
  if (!isRecord(schema.properties)) return [];
  const required: unknown[] = Array.isArray(schema.required)
    ? schema.required
    : [];
  return Object.entries(schema.properties)
    .flatMap(([name, property]): SchemaField[] => {
      if (!isRecord(property)) return [];
      const type = typeOf(property);
      return [
        {
          name,
          title: text(property.title) ?? name,
          description: text(property.description),
          required: required.includes(name),
          type,
          options: Array.isArray(property.enum)
            ? property.enum.map(String)
            : undefined,
          initial: typedValue(type, property.default),
          pattern: text(property.pattern),
          followsVersion: property['x-follows-version'] === true,
        },
      ];
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

export type FieldProblem = 'required' | 'number' | 'pattern' | 'json';

/** Why a value cannot be sent; the backend judges the rest. */
export function fieldProblem(
  field: SchemaField,
  typed: string,
): FieldProblem | undefined {
  const value = typed.trim();
  if (!value) return field.required ? 'required' : undefined;
  if (field.type === 'number' && !Number.isFinite(Number(value)))
    return 'number';
  if (field.type === 'string' && field.pattern) {
    try {
      if (!new RegExp(field.pattern, 'u').test(value)) return 'pattern';
    } catch {
      // A pattern this browser cannot read is left to the backend.
    }
  }
  if (field.type === 'json') {
    try {
      JSON.parse(value);
    } catch {
      return 'json';
    }
  }
  return undefined;
}

function valueOf(field: SchemaField, typed: string): unknown {
  switch (field.type) {
    case 'number':
      return Number(typed);
    case 'boolean':
      return typed === 'true';
    case 'strings':
      return typed
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean);
    case 'json':
      return JSON.parse(typed);
    default:
      return typed.trim();
  }
}

/** The object that was typed; fields left empty are left out. */
export function specOf(
  fields: readonly SchemaField[],
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = typed[field.name] ?? field.initial;
      const isUntouched =
        field.type === 'boolean' && !field.required && value === field.initial;
      return value.trim() && !isUntouched
        ? [[field.name, valueOf(field, value)]]
        : [];
    }),
  );
}
