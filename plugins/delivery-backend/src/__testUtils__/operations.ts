import { openApiDocument } from '../schema/openapi.generated';

export type JsonSchema = Record<string, unknown>;

/** A parameter with its references resolved. */
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema: JsonSchema;
}

/** An operation of the OpenAPI document, as tests go through them. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** Set for a question that does not fit into an address. */
  changesNothing: boolean;
  /** One name, or one for each value of a path parameter. */
  permission?: string | Record<string, Record<string, string>>;
  parameters: Parameter[];
  body?: { required: boolean; schema: JsonSchema };
  /** By status, the content by media type. */
  responses: Record<
    string,
    { content?: Record<string, { schema: JsonSchema }> }
  >;
}

type Json = Record<string, unknown>;

/** What a local reference stands for. */
export function resolved<T>(value: unknown): T {
  const { $ref, ...beside } = value as { $ref?: string };
  if (!$ref) return value as T;
  const target = $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Json)[key], openApiDocument);
  return { ...resolved<Json>(target), ...beside } as T;
}

/** All operations, in the order of the document. */
export const operations: Operation[] = Object.entries(
  openApiDocument.paths,
).flatMap(([path, item]) =>
  Object.entries(item as unknown as Record<string, Json>).map(
    ([method, operation]) => {
      const body = operation.requestBody as
        | { required: boolean; content: Record<string, { schema: JsonSchema }> }
        | undefined;
      return {
        id: String(operation.operationId),
        method: method.toUpperCase(),
        path,
        changesNothing: operation['x-changes-nothing'] === true,
        permission: operation['x-permission'] as Operation['permission'],
        parameters: ((operation.parameters ?? []) as unknown[]).map(parameter =>
          resolved<Parameter>(parameter),
        ),
        ...(body && {
          body: {
            required: body.required,
            schema: body.content['application/json'].schema,
          },
        }),
        responses: Object.fromEntries(
          Object.entries(operation.responses as Json).map(
            ([status, response]) => [status, resolved(response)],
          ),
        ),
      };
    },
  ),
);

/** Those that change something. */
export const mutatingOperations = operations.filter(
  ({ method, changesNothing }) => method !== 'GET' && !changesNothing,
);
