/** An operation of an OpenAPI document; one whose permission depends on a part of its path is several. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** The part of the path that the permission depends on. */
  choice?: { parameter: string; value: string };
  permission?: string;
  /** Names of what it cannot do without, by place. */
  required: { query: string[]; body: string[] };
}

interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: {
    schemas: Record<string, { required?: string[] }>;
    parameters: Record<string, DocumentedParameter>;
  };
}

interface DocumentedParameter {
  name: string;
  in: string;
  required?: boolean;
}

interface DocumentedOperation {
  operationId: string;
  'x-permission'?: string | Record<string, Record<string, string>>;
  parameters?: Array<DocumentedParameter | { $ref: string }>;
  requestBody?: {
    content: Record<string, { schema: { $ref: string } }>;
  };
}

/** All operations, each with the permission that it declares. */
export function operationsOf({ paths, components }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, documented]) => {
      const parameters = (documented.parameters ?? []).map(parameter =>
        '$ref' in parameter
          ? components.parameters[lastOf(parameter.$ref)]
          : parameter,
      );
      const schema =
        documented.requestBody?.content['application/json'].schema.$ref;
      const operation = {
        id: documented.operationId,
        method: method.toUpperCase(),
        path,
        required: {
          query: parameters
            .filter(each => each.in === 'query' && each.required)
            .map(({ name }) => name),
          body: schema
            ? (components.schemas[lastOf(schema)].required ?? [])
            : [],
        },
      };
      const permission = documented['x-permission'];
      return typeof permission === 'object'
        ? Object.entries(permission).flatMap(([parameter, byValue]) =>
            Object.entries(byValue).map(([value, each]) => ({
              ...operation,
              choice: { parameter, value },
              permission: each,
            })),
          )
        : [{ ...operation, permission }];
    }),
  );
}

/** The least that can be sent to an operation. Throws for something that it wants and `values` does not have. */
export function requestFor(
  operation: Operation,
  values: Record<string, unknown>,
): { method: string; url: string; body?: object } {
  const valueOf = (name: string) => {
    if (values[name] === undefined)
      throw new Error(`${operation.id} wants '${name}'; say here what to send`);
    return values[name];
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
    operation.choice && name === operation.choice.parameter
      ? operation.choice.value
      : encodeURIComponent(String(valueOf(name))),
  );
  const query = operation.required.query.map(
    name => `${name}=${encodeURIComponent(String(valueOf(name)))}`,
  );
  return {
    method: operation.method,
    url: query.length ? `${path}?${query.join('&')}` : path,
    ...(operation.method !== 'GET' && {
      body: Object.fromEntries(
        operation.required.body.map(name => [name, valueOf(name)]),
      ),
    }),
  };
}

function lastOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
