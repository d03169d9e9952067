import { createHash } from 'node:crypto';

/** The same for every try of one step (and one round of its `each`) of one task, so that a retried task does nothing twice. */
export function idempotencyKey(ctx: {
  task: { id: string };
  step?: { id?: string };
  input: object;
}): string {
  // The runner does not say which round of an `each` it is in; the input of each round differs.
  const input = createHash('sha256')
    .update(JSON.stringify(ctx.input))
    .digest('hex')
    .slice(0, 16);
  const step = (ctx.step?.id ?? 'step').slice(0, 40);
  return `scaffolder:${ctx.task.id.slice(0, 60)}:${step}:${input}`;
}
