import type {
  AnalysisTemplate,
  Duration,
  Step,
  Strategy,
} from '@slipway/backstage-plugin-delivery-common';
import type { StrategyKind } from '../RolloutFacts';

/** One row of the canary editor. */
export type StepDraft =
  | { id: string; kind: 'setWeight'; weight: string }
  /** An empty duration waits for a person. */
  | { id: string; kind: 'pause'; duration: string }
  | { id: string; kind: 'analysis'; template: AnalysisTemplate }
  /** Steps that the editor shows but does not change. */
  | { id: string; kind: 'other'; step: Step };

export type StrategyChoice = 'default' | StrategyKind;

let lastId = 0;
/** A key for React; rows have no identity of their own. */
export function newStepId(): string {
  lastId += 1;
  return `step-${lastId}`;
}

const durationText = (duration: Duration | undefined): string => {
  if (duration === undefined) return '';
  return typeof duration === 'number' ? `${duration}s` : duration;
};

function draftOf(step: Step): StepDraft {
  const id = newStepId();
  if (step.setWeight !== undefined)
    return { id, kind: 'setWeight', weight: String(step.setWeight) };
  if (step.pause)
    return { id, kind: 'pause', duration: durationText(step.pause.duration) };
  if (step.analysis) return { id, kind: 'analysis', template: step.analysis };
  return { id, kind: 'other', step };
}

const simpleCanary: Step[] = [
  { setWeight: 20 },
  { pause: { duration: '1m' } },
  { setWeight: 50 },
  { pause: {} },
  { setWeight: 100 },
];

/** What the editor begins with: the tier's own canary, if it has one. */
export function initialSteps(
  defaultStrategy: Strategy | undefined,
): StepDraft[] {
  return (defaultStrategy?.canary?.steps ?? simpleCanary).map(draftOf);
}

/** The first analysis of a strategy, which rows that people add take over. */
export function analysisOf(
  strategy: Strategy | undefined,
): AnalysisTemplate | undefined {
  return strategy?.canary?.steps.find(step => step.analysis)?.analysis;
}

export type StepProblem = 'weight' | 'weightOrder' | 'duration';

/** What is wrong with each row, by its id. */
export function stepProblems(
  steps: readonly StepDraft[],
): Map<string, StepProblem> {
  const problems = new Map<string, StepProblem>();
  let reached = -1;
  for (const step of steps) {
    if (step.kind === 'setWeight') {
      const weight = /^\d+$/.test(step.weight.trim())
        ? Number(step.weight)
        : NaN;
      if (!(weight >= 0 && weight <= 100)) problems.set(step.id, 'weight');
      else if (weight <= reached) problems.set(step.id, 'weightOrder');
      else reached = weight;
    }
    if (step.kind === 'pause') {
      const duration = step.duration.trim();
      if (duration && !/^[0-9]{1,9}(ms|s|m|h)$/.test(duration))
        problems.set(step.id, 'duration');
    }
  }
  return problems;
}

function stepOf(draft: StepDraft): Step {
  switch (draft.kind) {
    case 'setWeight':
      return { setWeight: Number(draft.weight) };
    case 'pause':
      return {
        pause: draft.duration.trim() ? { duration: draft.duration.trim() } : {},
      };
    case 'analysis':
      return { analysis: draft.template };
    default:
      return draft.step;
  }
}

/** What is sent; undefined leaves it to the backend's default. */
export function strategyOf(
  choice: StrategyChoice,
  steps: readonly StepDraft[],
): Strategy | undefined {
  switch (choice) {
    case 'rolling':
      return { rolling: {} };
    case 'blueGreen':
      return { blueGreen: {} };
    case 'canary':
      return { canary: { steps: steps.map(stepOf) } };
    default:
      return undefined;
  }
}
