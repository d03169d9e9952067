import type { ScalingPolicy } from '@slipway/backstage-plugin-scaling-common';
import {
  FieldError,
  type FieldProblem,
  isNestedDeeperThan,
  jsonDigest,
  lineOf,
} from '@slipway/backstage-plugin-slipway-node';
import { LineCounter, parseDocument } from 'yaml';
import { lintPolicy } from './lintPolicy';
import { schemaChecked } from './policySchemas';

/** A policy that holds. */
export interface ParsedPolicy {
  document: ScalingPolicy;
  /** Of the document, whatever the order of its keys. */
  digest: string;
}

/** Why a document was not taken. `pointer` is a JSON pointer into it, `line` there where it is text. */
interface PolicyProblem extends FieldProblem {
  line?: number;
}

type Parsed = { policy: ParsedPolicy } | { problems: PolicyProblem[] };

// Deeper than any policy is.
const deepest = 20;

/** Reads a policy that came as a value, as in JSON. */
export function checkPolicy(value: unknown): Parsed {
  if (isNestedDeeperThan(deepest, value))
    return { problems: [{ pointer: '', detail: 'is nested too deeply' }] };
  const checked = schemaChecked(value);
  if ('problems' in checked) return checked;
  const problems = lintPolicy(checked.policy);
  return problems.length
    ? { problems }
    : {
        policy: {
          document: checked.policy,
          digest: jsonDigest(checked.policy),
        },
      };
}

/** Reads a policy that came as YAML (or JSON) text. */
export function parsePolicy(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length)
    return {
      problems: document.errors.map(error => ({
        pointer: '',
        line: lines.linePos(error.pos[0]).line,
        detail: error.message.split('\n')[0],
      })),
    };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { problems: [{ pointer: '', detail: String(error) }] };
  }
  const checked = checkPolicy(value);
  if ('policy' in checked) return checked;
  return {
    problems: checked.problems.map(problem => {
      const line = lineOf(document, problem.pointer, lines);
      return { ...problem, ...(line && { line }) };
    }),
  };
}

/**
 * The policy of a request, as text or as a value. Throws `FieldError` with every problem; pointers begin with that of
 * the request's field.
 */
export function policyFrom(source: unknown, field: string): ParsedPolicy {
  const parsed =
    typeof source === 'string' ? parsePolicy(source) : checkPolicy(source);
  if ('policy' in parsed) return parsed.policy;
  throw new FieldError(
    parsed.problems.map(({ pointer, line, detail }) => ({
      pointer: `${field}${pointer}`,
      detail: line ? `line ${line}: ${detail}` : detail,
    })),
  );
}
