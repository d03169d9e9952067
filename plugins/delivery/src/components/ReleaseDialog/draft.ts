import type { Release } from '@slipway/backstage-plugin-delivery-common';
import { schemaFields, typedValue } from './schemaFields';
import type { Variable } from './variables';

type Health = Release['health'];

/** What the form of a release holds before anybody types. */
export interface ReleaseDraft {
  kind?: string;
  /** By the name of the artifact's field. */
  typed: Record<string, string>;
  variables: Variable[];
  healthPath: string;
}

/** Of a first release nothing is known. */
export const FIRST_DRAFT: ReleaseDraft = {
  typed: {},
  variables: [],
  healthPath: '',
};

/** The next release is as the last one was, save for what a new version is about. */
export function draftFrom(
  last: Release,
  artifactKinds: ReadonlyArray<{
    kind: string;
    schema: Record<string, unknown>;
  }>,
): ReleaseDraft {
  const { artifact, configuration, health } = last;
  const known = artifactKinds.find(({ kind }) => kind === artifact.kind);
  const fields = schemaFields(known?.schema ?? {}).filter(
    ({ name, followsVersion }) => !followsVersion && name in artifact.spec,
  );
  const values: Array<[environment: string, Record<string, string>]> = [
    ['', configuration.values],
    ...Object.entries(configuration.environmentValues),
  ];
  return {
    kind: known?.kind,
    typed: Object.fromEntries(
      fields.map(({ name, type }) => [
        name,
        typedValue(type, artifact.spec[name]),
      ]),
    ),
    variables: values
      .flatMap(([environment, named]) =>
        Object.entries(named).map(([name, value]) => ({
          name,
          value,
          environment,
        })),
      )
      .map((variable, index) => ({ id: index + 1, ...variable })),
    healthPath: health.readiness?.path ?? health.liveness?.path ?? '',
  };
}

/** Checks at a path, as often and as patiently as those of the last release. Without a path none is made. */
export function healthAt(path: string, last: Health | undefined): Health {
  if (!path) return {};
  // Who had only one of them wanted no other.
  const kept = last?.readiness || last?.liveness ? last : undefined;
  return {
    ...((kept?.readiness || !kept) && {
      readiness: { ...kept?.readiness, path },
    }),
    ...((kept?.liveness || !kept) && { liveness: { ...kept?.liveness, path } }),
  };
}
