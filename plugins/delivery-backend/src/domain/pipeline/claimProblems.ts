import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ParseProblem, PipelineDocument } from './documents';

/** Components and systems that more than one pipeline claims. Each problem is of the later one, and names both. */
export function claimProblems(
  pipelines: readonly PipelineDocument[],
): ParseProblem[] {
  const claimed = new Map<string, PipelineDocument>();
  return pipelines.flatMap(pipeline =>
    claimsOf(pipeline).flatMap(({ ref, field }) => {
      const first = claimed.get(ref) ?? pipeline;
      claimed.set(ref, first);
      if (first === pipeline) return [];
      const [name, other] = [nameOf(pipeline), nameOf(first)];
      return [
        {
          source: pipeline.source,
          field,
          detail: `pipeline '${name}' claims ${ref}, which pipeline '${other}' of ${first.source} claims too; '${name < other ? name : other}' serves it`,
        },
      ];
    }),
  );
}

function claimsOf({
  document,
}: PipelineDocument): Array<{ ref: string; field: string }> {
  const { components = [], systems = [] } = document.spec.appliesTo ?? {};
  return Object.entries({ components, systems }).flatMap(([key, refs]) =>
    refs.map((ref, index) => ({
      ref: stringifyEntityRef(parseEntityRef(ref)),
      field: `/spec/appliesTo/${key}/${index}`,
    })),
  );
}

function nameOf({ document }: PipelineDocument): string {
  return document.metadata.name;
}
