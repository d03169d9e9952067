import { InputError } from '@backstage/errors';
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A variable in a query, and what it is written as there. */
interface Slot {
  from: number;
  to: number;
  name: string;
  write: (value: string) => string;
}

const DURATIONS = new Set(['window', 'step']);

/**
 * A PromQL query with variables, such as `rate(http_requests_total{version="{{ version }}"}[{{ window }}])`. A variable
 * stands where the grammar has a duration, or within the value that a label is matched with, and is escaped for that
 * place: no value can end the string, widen a regular expression or add to the query.
 */
export class QueryTemplate {
  readonly #text: string;
  readonly #slots: Slot[];

  /** Throws `InputError` with the place of what is wrong. */
  constructor(text: string) {
    const found = [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(match => ({
      from: match.index,
      to: match.index + match[0].length,
      name: match[1],
    }));
    // As long as the variables, so that places in it are places in what people have written.
    const filled = replaceAll(text, found, ({ from, to, name }) =>
      DURATIONS.has(name)
        ? `${'1'.padStart(to - from - 1, '0')}s`
        : 'x'.repeat(to - from),
    );
    const open = filled.indexOf('{{');
    if (open !== -1)
      throw new InputError(
        `'query' has a '{{' that no '}}' ends at ${placeOf(text, open)}`,
      );
    const tree = parser.parse(filled);
    assertGrammar(tree, text);
    this.#text = text;
    this.#slots = found.map(slot => ({
      ...slot,
      write: writerAt(tree, filled, slot, text),
    }));
  }

  /** The variables that it has. */
  get names(): Set<string> {
    return new Set(this.#slots.map(({ name }) => name));
  }

  /** The query with its variables filled in. */
  render(valueOf: (name: string) => string): string {
    return replaceAll(this.#text, this.#slots, ({ name, write }) =>
      write(valueOf(name)),
    );
  }
}

function replaceAll<T extends { from: number; to: number }>(
  text: string,
  slots: T[],
  replacement: (slot: T) => string,
): string {
  let end = 0;
  const parts = slots.map(slot => {
    const part = text.slice(end, slot.from) + replacement(slot);
    end = slot.to;
    return part;
  });
  return parts.join('') + text.slice(end);
}

function assertGrammar(tree: Tree, text: string): void {
  let wrongAt: number | undefined;
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) wrongAt ??= from;
    },
  });
  if (wrongAt !== undefined) {
    const near = text.slice(wrongAt, wrongAt + 20).trim();
    throw new InputError(
      `'query' is not PromQL at ${placeOf(text, wrongAt)}${near ? `, at '${near}'` : ', where it ends'}`,
    );
  }
  const kind = tree.topNode.firstChild?.name;
  if (kind === 'MatrixSelector' || kind === 'SubqueryExpr')
    throw new InputError(
      "'query' gives a range of values at each moment; make one of them, as with rate(…) or avg_over_time(…)",
    );
  if (kind === 'StringLiteral')
    throw new InputError("'query' gives a text; it must give numbers");
}

function writerAt(
  tree: Tree,
  filled: string,
  { from, to, name }: Pick<Slot, 'from' | 'to' | 'name'>,
  text: string,
): Slot['write'] {
  const node = tree.resolveInner(from + 1, -1);
  const at = placeOf(text, from);
  if (DURATIONS.has(name)) {
    if (
      node.name === 'NumberDurationLiteralInDurationContext' &&
      node.from === from &&
      node.to === to
    )
      return value => value;
    throw new InputError(
      `'{{ ${name} }}' at ${at} of 'query' must stand where a duration does, as in rate(requests_total[{{ ${name} }}])`,
    );
  }
  const matcher = matcherOf(node);
  if (!matcher)
    throw new InputError(
      `'{{ ${name} }}' at ${at} of 'query' must stand in the value of a label, as in requests_total{label="{{ ${name} }}"}`,
    );
  const quote = filled[node.from];
  if (quote === '`')
    throw new InputError(
      `'{{ ${name} }}' at ${at} of 'query' must stand between " or ': nothing can be escaped between backticks`,
    );
  const isPattern = /^(=~|!~)$/.test(
    filled.slice(matcher.from, matcher.to).trim(),
  );
  return value => escape(isPattern ? quotePattern(value) : value, quote);
}

/** The operator of the label matcher whose value a node is. */
function matcherOf(node: SyntaxNode): SyntaxNode | null {
  const { parent } = node;
  const isValue =
    node.name === 'StringLiteral' &&
    (parent?.name === 'UnquotedLabelMatcher' ||
      parent?.name === 'QuotedLabelMatcher');
  return isValue ? parent.getChild('MatchOp') : null;
}

// Of RE2, which label matchers are written in.
function quotePattern(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

function escape(value: string, quote: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n');
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}
