import { mockCredentials } from '@backstage/backend-test-utils';
import fc, { type Arbitrary, type JsonValue } from 'fast-check';
import type { Operation, Parameter } from './operations';
import { type Known, schemaArbitrary } from './schemaArbitrary';
import { junk, spoiled } from './spoil';

/** A request as it goes over the wire. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Sound and spoiled requests for an operation. */
export function requestArbitrary(
  operation: Operation,
  known: Known,
): Arbitrary<RawRequest> {
  const at = (place: Parameter['in']) =>
    operation.parameters.filter(parameter => parameter.in === place);
  return fc
    .record({
      path: pathArbitrary(operation.path, at('path'), known),
      query: queryArbitrary(at('query'), known),
      named: headersArbitrary(at('header'), known),
      identity: fc.oneof(
        { weight: 12, arbitrary: fc.constant(mockCredentials.user.header()) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            mockCredentials.none.header(),
            mockCredentials.user.invalidHeader(),
            mockCredentials.service.header({
              onBehalfOf: mockCredentials.service('plugin:other'),
              targetPluginId: 'delivery',
            }),
            'Basic YTpi',
          ),
        },
      ),
      sent: bodyArbitrary(operation, known),
    })
    .map(({ path, query, named, identity, sent }) => ({
      method: operation.method,
      path: `${path}${query && `?${query}`}`,
      headers: { ...named, ...sent.headers, Authorization: identity },
      ...(sent.body !== undefined && { body: sent.body }),
    }));
}

// What percent-encoding can hide; the last three are no encoding of anything.
const hostile = ['%00', '%2e%2e%2f', '%F0%9F%92%A3', '%E0%A4%A', '%', '%ff'];

/** As text in an address. A lone surrogate cannot be encoded at all, so that no client can send it. */
function encoded(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(Buffer.from(text.slice(0, 3000)).toString());
}

function pathArbitrary(path: string, parameters: Parameter[], known: Known) {
  return fc
    .tuple(
      ...parameters.map(({ schema, name }) =>
        fc.oneof(
          {
            weight: 8,
            arbitrary: schemaArbitrary(schema, known, name).map(encoded),
          },
          { weight: 1, arbitrary: junk.map(encoded) },
          { weight: 1, arbitrary: fc.constantFrom(...hostile) },
        ),
      ),
    )
    .map(values =>
      parameters.reduce(
        // An empty segment would be another path, which is another operation's.
        (filled, { name }, index) =>
          filled.replace(`{${name}}`, () => values[index] || '-'),
        path,
      ),
    );
}

function queryArbitrary(parameters: Parameter[], known: Known) {
  const pairs = parameters.map(({ name, schema, required }) => {
    const sound = schemaArbitrary(schema, known, name).map(
      value => `${name}=${encoded(value)}`,
    );
    return fc.oneof(
      { weight: required ? 0 : 8, arbitrary: fc.constant('') },
      { weight: 8, arbitrary: sound },
      { weight: 1, arbitrary: junk.map(value => `${name}=${encoded(value)}`) },
      {
        weight: 1,
        arbitrary: fc.oneof(
          fc.constantFrom(...hostile).map(value => `${name}=${value}`),
          sound.map(pair => `${pair}&${pair}`),
          sound.map(pair => pair.replace('=', '[]=')),
          sound.map(pair => pair.replace('=', '[a][b]=')),
          fc.constantFrom(name, `${name}=`),
        ),
      },
    );
  });
  return fc
    .tuple(
      fc.tuple(...pairs),
      fc.oneof(
        { weight: 15, arbitrary: fc.constant('') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('unknown=1', '__proto__[a]=1', '&&=&'),
        },
      ),
    )
    .map(([named, extra]) => [...named, extra].filter(Boolean).join('&'));
}

function headersArbitrary(parameters: Parameter[], known: Known) {
  return fc
    .tuple(
      ...parameters.map(({ schema, name }) =>
        fc.oneof(
          { weight: 4, arbitrary: fc.constant(undefined) },
          {
            weight: 3,
            arbitrary: schemaArbitrary(schema, known, name).map(headerText),
          },
          { weight: 1, arbitrary: junk.map(headerText) },
        ),
      ),
    )
    .map(values =>
      Object.fromEntries(
        parameters.flatMap(({ name }, index) =>
          values[index] === undefined ? [] : [[name, String(values[index])]],
        ),
      ),
    );
}

/** Node refuses to send anything else, and to read headers of more than 16 KiB. */
function headerText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, '?').slice(0, 3000);
}

interface Sent {
  headers: Record<string, string>;
  body?: string;
}

const json = { 'Content-Type': 'application/json' };

function bodyArbitrary({ body }: Operation, known: Known): Arbitrary<Sent> {
  if (!body) return fc.constant<Sent>({ headers: {} });
  const sound = schemaArbitrary(body.schema, known);
  const asJson = (value: JsonValue): Sent => ({
    headers: json,
    body: JSON.stringify(value),
  });
  return fc.oneof(
    { weight: 6, arbitrary: sound.map(asJson) },
    { weight: 6, arbitrary: spoiled(sound).map(asJson) },
    { weight: 1, arbitrary: junk.map(asJson) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(
          '{',
          '[1,',
          '',
          'null',
          '"x"',
          '{"a":1}{"b":2}',
          '{"__proto__":{"allowed":true}}',
          '[['.repeat(5000),
          JSON.stringify({ reason: 'x'.repeat(300_000) }),
        )
        .map(text => ({ headers: json, body: text })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          sound,
          fc.constantFrom<Record<string, string>>(
            {},
            { 'Content-Type': 'text/plain' },
            { 'Content-Type': 'application/xml' },
            { 'Content-Type': 'nonsense' },
            { 'Content-Type': 'application/json; charset=utf-16' },
            { 'Content-Type': 'application/json; charset=klingon' },
            { 'Content-Type': 'application/x-www-form-urlencoded' },
            { 'Content-Type': 'multipart/form-data' },
            { ...json, 'Content-Encoding': 'gzip' },
            { ...json, 'Content-Encoding': 'compress' },
          ),
        )
        .map(([value, headers]) => ({ headers, body: JSON.stringify(value) })),
    },
    { weight: 1, arbitrary: fc.constant<Sent>({ headers: {} }) },
  );
}
