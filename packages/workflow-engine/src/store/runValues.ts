import type { NewEffect } from './RunStore';
import type { Run } from './rows';

export function initialState(effect: NewEffect, now: number): string {
  if (effect.handOver) {
    return 'leased';
  }
  return effect.dueAt <= now ? 'ready' : 'scheduled';
}

export function runValues(run: Run) {
  // While a decide-failed run waits for help its timers stand still.
  const dues = run.resume ? [] : Object.values(run.timers);
  return {
    version: run.version,
    revision: run.revision,
    state: JSON.stringify(run.state),
    status: run.status.kind,
    wait: run.status.kind === 'waiting' ? run.status.wait : null,
    detail: run.status.kind === 'running' ? null : (run.status.detail ?? null),
    resume: run.resume ? JSON.stringify(run.resume) : null,
    timers: JSON.stringify(run.timers),
    timer_at: dues.length > 0 ? Math.min(...dues) : null,
    open_effects: run.openEffects,
    updated_at: run.updatedAt,
    finished_at: run.finishedAt ?? null,
  };
}
