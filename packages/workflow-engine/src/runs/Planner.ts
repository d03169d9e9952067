import type { EngineOptions } from '../api/engine';
import type { Actor, EngineCommand } from '../api/workflow';
import { UnknownWorkflowError } from '../errors';
import type { Run } from '../store/rows';
import type { AnyWorkflow, Plan } from './planDecision';
import { assertAwake, planDecision } from './planDecision';

/** Knows the workflows, and asks them. */
export class Planner {
  readonly #workflows: Map<string, AnyWorkflow>;
  readonly #kinds: ReadonlySet<string>;

  constructor(
    private readonly options: Pick<EngineOptions, 'workflows' | 'handlers'> & {
      ageingMs: number;
    },
  ) {
    this.#workflows = new Map(
      options.workflows.map(workflow => [workflow.type, workflow]),
    );
    this.#kinds = new Set(Object.keys(options.handlers));
  }

  get types(): string[] {
    return [...this.#workflows.keys()];
  }

  find(type: string): AnyWorkflow | undefined {
    return this.#workflows.get(type);
  }

  /** @throws UnknownWorkflowError */
  get(type: string): AnyWorkflow {
    const workflow = this.find(type);
    if (!workflow) {
      throw new UnknownWorkflowError(type);
    }
    return workflow;
  }

  /** Plans, and refuses what would leave the run asleep. Keys to cancel are counted later, when it is written. */
  plan(
    workflow: AnyWorkflow,
    run: Run,
    command: { type: string } | EngineCommand,
    actor: Actor,
    now: number,
    ended = false,
  ): Plan {
    const plan = planDecision({
      workflow,
      run,
      command,
      actor,
      now,
      ageingMs: this.options.ageingMs,
      kinds: this.#kinds,
    });
    if (plan.cancelKeys.length === 0) {
      const open = run.openEffects - (ended ? 1 : 0) + plan.newEffects.length;
      assertAwake(run.id, plan.status, open, plan.timers);
    }
    return plan;
  }
}
