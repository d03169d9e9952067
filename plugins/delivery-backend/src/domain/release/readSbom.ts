import type { JsonObject, JsonValue } from '@backstage/types';
import type { Dependency } from '@slipway/backstage-plugin-delivery-node';
import { FieldError } from '@slipway/backstage-plugin-slipway-node';
import { inOrder, mostDependencies } from './dependencies';

const longestName = 512;
const longestVersion = 256;
/** Components may hold others; nobody's tool nests them deeper. */
const deepest = 32;

/**
 * What a bill of materials lists. Reads CycloneDX (1.2 and later) and SPDX (2.2 and later) as JSON. Throws `FieldError`
 * for anything else.
 */
export function readSbom(sbom: JsonObject): Dependency[] {
  const items = [...listed(sbom)];
  if (!items.length)
    throw problem(
      'lists nothing that has a name; leave it out where nothing is known',
    );
  const unique = inOrder(items);
  if (unique.length > mostDependencies)
    throw problem(
      `lists ${unique.length} components; at most ${mostDependencies} are taken`,
    );
  return unique;
}

function listed(sbom: JsonObject): Iterable<Dependency> {
  if (sbom.bomFormat === 'CycloneDX') return cycloneDx(sbom.components, 0);
  if (typeof sbom.spdxVersion === 'string') return spdx(sbom);
  throw problem(
    "is neither CycloneDX ('bomFormat': 'CycloneDX') nor SPDX 2 ('spdxVersion') as JSON",
  );
}

function* cycloneDx(
  components: JsonValue | undefined,
  depth: number,
): Generator<Dependency> {
  if (depth > deepest)
    throw problem(`nests components deeper than ${deepest} levels`);
  for (const component of objects(components)) {
    const { group, name, purl, version } = component;
    const type = purlType(purl);
    const inGroup =
      text(group) && text(name)
        ? `${text(group)}${type === 'maven' ? ':' : '/'}${text(name)}`
        : text(name);
    yield* dependency(inGroup, text(version), type);
    yield* cycloneDx(component.components, depth + 1);
  }
}

function* spdx(sbom: JsonObject): Generator<Dependency> {
  // What the document describes is the release itself.
  const described = new Set([
    ...(Array.isArray(sbom.documentDescribes) ? sbom.documentDescribes : []),
    ...objects(sbom.relationships)
      .filter(({ relationshipType }) => relationshipType === 'DESCRIBES')
      .map(({ relatedSpdxElement }) => relatedSpdxElement),
  ]);
  for (const found of objects(sbom.packages)) {
    if (described.has(found.SPDXID)) continue;
    const purl = objects(found.externalRefs).find(
      ({ referenceType }) => referenceType === 'purl',
    );
    yield* dependency(
      text(found.name),
      text(found.versionInfo),
      purlType(purl?.referenceLocator),
    );
  }
}

function* dependency(
  name: string,
  version: string,
  type: string | undefined,
): Generator<Dependency> {
  if (!name) return;
  yield {
    name: name.slice(0, longestName),
    version: version.slice(0, longestVersion),
    ...(type && { type }),
  };
}

// `pkg:type/namespace/name@version`
function purlType(purl: JsonValue | undefined): string | undefined {
  return /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]{0,63})\//
    .exec(text(purl))?.[1]
    .toLowerCase();
}

// A database takes no NUL, and a name has none.
function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value)
    ? value.filter(
        (item): item is JsonObject =>
          typeof item === 'object' && item !== null && !Array.isArray(item),
      )
    : [];
}

function problem(detail: string): FieldError {
  return new FieldError([{ pointer: '/sbom', detail }]);
}
