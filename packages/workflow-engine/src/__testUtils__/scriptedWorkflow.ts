import type { EngineOptions } from '../api/engine';
import type { EffectHandler } from '../api/effects';
import type {
  Actor,
  Decision,
  EngineCommand,
  WorkflowDefinition,
} from '../api/workflow';

export interface Noted {
  type: 'noted' | 'remarked';
  text: string;
  /** Answers to what the engine may tell later, see {@link Script}. */
  on?: Script;
}

export interface Call {
  kind: 'call' | 'other';
  say?: string;
}

export type Answer = Partial<Decision<Noted, Call>> & { throws?: string };

/** What to answer, by `<engine command>:<key or timer>`; without an entry the run notes it and waits. */
export type Script = Record<string, Answer>;

export type Tell = { type: 'tell' } & Answer;

export interface ScriptedState {
  notes: string[];
  on: Script;
}

export const note = (text: string, on?: Script): Noted => ({
  type: 'noted',
  text,
  on,
});

function answerTo(
  state: ScriptedState | undefined,
  command: Tell | EngineCommand,
): Answer {
  switch (command.type) {
    case 'tell': {
      const { type: _type, ...answer } = command;
      return answer;
    }
    case 'timer.fired':
      return (
        state?.on[`timer.fired:${command.name}`] ?? {
          events: [note(`fired ${command.name}`)],
          status: { kind: 'waiting', wait: 'nothing' },
        }
      );
    case 'effect.succeeded':
      return (
        state?.on[`effect.succeeded:${command.key}`] ?? {
          events: [
            note(
              `${command.key} gave ${JSON.stringify(command.result)} at ${command.attempts}`,
            ),
          ],
          status: { kind: 'waiting', wait: 'nothing' },
        }
      );
    default:
      return (
        state?.on[`effect.failed:${command.key}`] ?? {
          events: [
            note(
              `${command.key} ${command.reason} at ${command.attempts}: ${command.error.message}`,
            ),
          ],
          status: { kind: 'waiting', wait: 'nothing' },
        }
      );
  }
}

/** A workflow whose decisions are written in its commands, so that a test says all it does in one place. */
export const scripted: WorkflowDefinition<ScriptedState, Tell, Noted, Call> = {
  type: 'test.scripted',
  decide(state, command) {
    const answer = answerTo(state, command);
    if (answer.throws) {
      throw new RangeError(answer.throws);
    }
    const { throws: _throws, ...decision } = answer;
    return { ...decision, events: decision.events ?? [] };
  },
  evolve(state, event) {
    return {
      notes: [...(state?.notes ?? []), event.text],
      on: { ...state?.on, ...event.on },
    };
  },
};

export const tell = (answer: Answer): Tell => ({ type: 'tell', ...answer });

export const ana: Actor = { type: 'user', id: 'user:default/ana' };

/** Collects what was logged, so that tests can look and the console stays quiet. */
export function collectingLogger(): EngineOptions['logger'] & {
  lines: string[];
} {
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  return { lines, debug: log, info: log, warn: log, error: log };
}

/** A handler that a test opens and closes by hand. */
export function gate(): {
  handler: EffectHandler<Call>;
  calls: { key: string; signal: AbortSignal; open(): void }[];
} {
  const calls: { key: string; signal: AbortSignal; open(): void }[] = [];
  return {
    calls,
    handler: (effect, context) =>
      new Promise(resolve => {
        calls.push({
          key: context.key,
          signal: context.signal,
          open: () => resolve({ kind: 'done', result: effect.say ?? null }),
        });
      }),
  };
}

/** Looks again until the assertion holds; fails with its last error after `timeoutMs`. */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
}
