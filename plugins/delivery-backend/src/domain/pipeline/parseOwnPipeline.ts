import type { FieldProblem } from '@slipway/backstage-plugin-slipway-node';
import type { StrategyVocabulary } from '../strategy/validate';
import type { ParseProblem, PipelineDocument } from './documents';
import { lintPipeline } from './lintPipeline';
import type { PipelineFacts } from './PipelineFacts';
import { parseDocuments } from './parseDocuments';
import { withBaseline } from './withBaseline';

/** What the document of one component comes to. */
export type OwnPipeline =
  | {
      /** As written. */
      good: PipelineDocument;
      /** With what the baseline asks for. */
      pipeline: PipelineDocument;
    }
  | { problems: ParseProblem[] };

/** Reads the one pipeline that serves the one component that names it. Every problem says the line, where there is one. */
export function parseOwnPipeline(
  text: string,
  source: string,
  known: {
    vocabulary: StrategyVocabulary;
    facts: PipelineFacts;
    baseline?: PipelineDocument;
  },
): OwnPipeline {
  const { vocabulary, facts, baseline } = known;
  let found: { good: PipelineDocument; pipeline: PipelineDocument } | undefined;

  const lint = (good: PipelineDocument): FieldProblem[] => {
    if (found)
      return [
        {
          pointer: '/metadata/name',
          detail: 'comes after another pipeline, and a component has one',
        },
      ];
    if (good.document.spec.appliesTo)
      return [
        {
          pointer: '/spec/appliesTo',
          detail:
            'must be left out: it serves the component that names it, and no other',
        },
      ];
    const problems = lintPipeline(good, vocabulary, facts);
    if (problems.length) return problems;
    if (!baseline) {
      found = { good, pipeline: good };
      return [];
    }
    const result = withBaseline(good, baseline);
    if ('problems' in result) return result.problems;
    found = { good, pipeline: result.pipeline };
    return lintPipeline(result.pipeline, vocabulary, facts).map(
      ({ pointer, detail }) => ({
        // Positions behind the stage are those of the two together.
        pointer: /^\/spec\/stages\/\d+/.exec(pointer)?.[0] ?? pointer,
        detail: `with what the baseline '${baseline.document.metadata.name}' asks for: ${detail}`,
      }),
    );
  };

  const { problems } = parseDocuments(text, source, {
    pipeline: lint,
    window: () => [
      {
        pointer: '/kind',
        detail:
          'must be DeliveryPipeline: a component has no windows of its own',
      },
    ],
  });
  if (problems.length) return { problems };
  return found ?? { problems: [{ source, detail: 'holds no pipeline' }] };
}
