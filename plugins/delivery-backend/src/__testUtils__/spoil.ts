import fc, { type Arbitrary, type JsonValue } from 'fast-check';

/** What clients send by mistake, and attackers on purpose. */
export const junk: Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    -1,
    0,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '💣'.repeat(40),
    '\u202etxet',
    'x'.repeat(20_000),
    '../../etc/passwd',
    "'; drop table rollouts; --",
    '${jndi:ldap://localhost}',
    '__proto__',
    '9'.repeat(400),
    '2026-13-45T99:99:99Z',
    [],
    {},
    [[[]]],
    { length: 1 },
    { toString: 1 },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with something in it replaced, taken out or added. */
export function spoiled(value: Arbitrary<JsonValue>): Arbitrary<JsonValue> {
  return fc
    .tuple(value, fc.nat(), fc.constantFrom('replace', 'delete', 'add'), junk)
    .map(([sound, at, how, bad]) =>
      spoil(structuredClone(sound), at, how, bad),
    );
}

function spoil(
  value: JsonValue,
  at: number,
  how: string,
  bad: JsonValue,
): JsonValue {
  const places = placesIn(value);
  if (!places.length) return bad;
  const [holder, key] = places[at % places.length];
  if (how === 'delete') delete holder[key];
  else if (how === 'add') holder[`${key}x`] = bad;
  else holder[key] = bad;
  return value;
}

type Holder = Record<string, JsonValue>;

function placesIn(value: JsonValue | undefined): Array<[Holder, string]> {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap(key => [
    [holder, key] as [Holder, string],
    ...placesIn(holder[key]),
  ]);
}
