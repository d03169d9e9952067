import { id } from './inputs';
import { rolloutSummary, rolloutSummarySchema } from './rolloutSummary';
import { callerOf, type Toolbox } from './Toolbox';

// The newest are what matters to whoever asks how it stands; the rest is one page away in the portal.
const newestEvents = 50;

export function registerDescribeRollout(toolbox: Toolbox): void {
  toolbox.registry.register({
    name: 'describe-rollout',
    title: 'Describe a rollout',
    description: `Tells how a rollout stands: phase, steps with their verification results, the last ${newestEvents} events, and what the
caller may do next. Call it again after a few seconds to follow a rollout until finishedAt is present.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ rolloutId: id(z) }).strict(),
      output: z =>
        rolloutSummarySchema(z).extend({
          steps: z.array(
            z.object({
              title: z.string(),
              status: z.string(),
              message: z.string().optional(),
              verdict: z.string().optional().describe('Of a verification'),
            }),
          ),
          events: z
            .array(
              z.object({
                at: z.string(),
                actor: z.string(),
                summary: z.string(),
              }),
            )
            .describe('Oldest first'),
        }),
    },
    action: async ({ input, credentials }) => {
      const caller = callerOf(toolbox, credentials);
      const { rolloutReader } = toolbox.services;
      const rollout = await rolloutReader.get(input.rolloutId, caller);
      const events = await rolloutReader.events(
        input.rolloutId,
        {
          afterVersion: Math.max(0, rollout.version - newestEvents),
          limit: newestEvents,
        },
        caller,
      );
      return {
        output: {
          ...rolloutSummary(rollout),
          steps: rollout.steps.map(({ title, status, message, analysis }) => ({
            title,
            status,
            message,
            verdict: analysis?.verdict,
          })),
          events,
        },
      };
    },
  });
}
