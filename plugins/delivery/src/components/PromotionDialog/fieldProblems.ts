import { describeError } from '@slipway/backstage-plugin-slipway-react';

/** What the API refused, by the part of the form that it is about. */
export interface FieldProblems {
  message: string;
  /** By the place of the component in the set. */
  items: ReadonlyMap<number, string>;
  toStage?: string;
  /** What no part of the form stands for. */
  others: string[];
}

/** Sorts the refused fields of an error; undefined where nothing was refused. */
export function fieldProblems(error: unknown): FieldProblems | undefined {
  if (!error) return undefined;
  const { message, fields } = describeError(error);
  const items = new Map<number, string>();
  const others: string[] = [];
  let toStage: string | undefined;
  for (const { name, detail } of fields) {
    const [, index] = /^items\.(\d+)(?:\.|$)/.exec(name) ?? [];
    if (index !== undefined) {
      const known = items.get(Number(index));
      items.set(Number(index), known ? `${known} ${detail}` : detail);
    } else if (name === 'toStage') {
      toStage = detail;
    } else {
      others.push(name ? `${name}: ${detail}` : detail);
    }
  }
  return { message, items, toStage, others };
}
