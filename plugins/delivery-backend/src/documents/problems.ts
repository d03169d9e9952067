import type { DocumentProblem } from '@slipway/backstage-plugin-delivery-common';
import type { ParseProblem } from '../domain/pipeline/documents';

/** Problems with the time since when each is there, ISO 8601 in UTC: `at` for those that are new. */
export function withSince(
  problems: ParseProblem[],
  before: DocumentProblem[] = [],
  at: string,
): DocumentProblem[] {
  return problems.map(problem => ({
    ...problem,
    since:
      before.find(
        ({ source, line, field, detail }) =>
          source === problem.source &&
          line === problem.line &&
          field === problem.field &&
          detail === problem.detail,
      )?.since ?? at,
  }));
}

/** Where and what, in one line. */
export function problemInWords({
  source,
  line,
  field,
  detail,
}: ParseProblem): string {
  return `${source}${line ? `:${line}` : ''}: ${field ? `${field} ` : ''}${detail}`;
}
