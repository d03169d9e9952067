import type {
  DeliveryPipeline,
  DeliveryWindow,
  PipelineStage,
} from '@slipway/backstage-plugin-delivery-common';
import {
  type FieldProblem,
  jsonDigest,
  lineOf,
  schemaProblems,
} from '@slipway/backstage-plugin-slipway-node';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type {
  ParsedDocuments,
  ParseProblem,
  PipelineDocument,
} from './documents';
import { documentSchemas } from './DocumentSchemas';

const apiVersion = 'slipway.dev/v1alpha1';

/** Looks at documents beyond their schema. */
export interface DocumentLint {
  pipeline(pipeline: PipelineDocument): FieldProblem[];
  window(window: DeliveryWindow): FieldProblem[];
}

const nothingMore: DocumentLint = { pipeline: () => [], window: () => [] };

/** Reads multi-document YAML. Every problem says the line, and the field where there is one. */
export function parseDocuments(
  text: string,
  source: string,
  lint: DocumentLint = nothingMore,
): ParsedDocuments {
  const lines = new LineCounter();
  const parsed: ParsedDocuments = { pipelines: [], windows: [], problems: [] };
  const seen = new Map<string, number | undefined>();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  // Of a text without any document `yaml` gives an object that says so.
  for (const document of Array.isArray(documents) ? documents : []) {
    const content = document.contents;
    if (!document.errors.length && isEmpty(content)) continue;
    readDocument(document);
  }
  return parsed;

  function readDocument(document: Document.Parsed): void {
    const refuse = (problems: FieldProblem[]) =>
      parsed.problems.push(
        ...problems.map(({ pointer, detail }): ParseProblem => {
          const line = lineOf(document, pointer, lines);
          return {
            source,
            ...(line && { line }),
            ...(pointer && { field: pointer }),
            detail,
          };
        }),
      );
    if (document.errors.length) {
      parsed.problems.push(
        ...document.errors.map(error => ({
          source,
          line: lines.linePos(error.pos[0]).line,
          detail: error.message.split('\n')[0],
        })),
      );
      return;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      refuse([{ pointer: '', detail: String(error) }]);
      return;
    }
    const kind = kindOf(value);
    if (typeof kind !== 'string') {
      refuse(kind);
      return;
    }
    const validate = documentSchemas[kind];
    if (!validate(value)) {
      refuse(schemaProblems(validate));
      return;
    }
    const id = `${kind} ${value.metadata.name}`;
    if (seen.has(id)) {
      refuse([
        {
          pointer: '/metadata/name',
          detail: `there is a ${id} already, in line ${seen.get(id)}`,
        },
      ]);
      return;
    }
    seen.set(id, lineOf(document, '/metadata/name', lines));
    if (isPipeline(value)) takePipeline(value, refuse);
    else takeWindow(value, refuse);
  }

  function takePipeline(
    document: DeliveryPipeline,
    refuse: (problems: FieldProblem[]) => void,
  ): void {
    const pipeline = {
      document,
      stages: withNeeds(document.spec.stages),
      digest: jsonDigest(document),
      source,
    };
    const problems = lint.pipeline(pipeline);
    if (problems.length) refuse(problems);
    else parsed.pipelines.push(pipeline);
  }

  function takeWindow(
    document: DeliveryWindow,
    refuse: (problems: FieldProblem[]) => void,
  ): void {
    const problems = lint.window(document);
    if (problems.length) refuse(problems);
    else
      parsed.windows.push({ document, digest: jsonDigest(document), source });
  }
}

function isEmpty(content: unknown): boolean {
  return (
    content === null ||
    (isNode(content) && 'value' in content && content.value === null)
  );
}

function isPipeline(
  document: DeliveryPipeline | DeliveryWindow,
): document is DeliveryPipeline {
  return document.kind === 'DeliveryPipeline';
}

function kindOf(value: unknown): keyof typeof documentSchemas | FieldProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [
      { pointer: '', detail: 'is not a mapping with apiVersion and kind' },
    ];
  const version = 'apiVersion' in value ? value.apiVersion : undefined;
  const kind = 'kind' in value ? value.kind : undefined;
  if (version !== apiVersion)
    return [{ pointer: '/apiVersion', detail: `must be ${apiVersion}` }];
  if (kind !== 'DeliveryPipeline' && kind !== 'DeliveryWindow')
    return [
      {
        pointer: '/kind',
        detail: 'must be one of DeliveryPipeline, DeliveryWindow',
      },
    ];
  return kind;
}

function withNeeds(stages: PipelineStage[]): PipelineStage[] {
  return stages.map((stage, index) => ({
    ...stage,
    environment: canonical(stage.environment),
    needs: stage.needs ?? (index ? [stages[index - 1].name] : []),
  }));
}

// Environments are found by their reference in the one spelling of the catalog.
function canonical(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref));
}
