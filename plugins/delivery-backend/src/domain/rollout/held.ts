import { ConflictError } from '@backstage/errors';
import { expiresAt } from '../gates/approval';
import { isReady } from '../gates/evolveGates';
import type { GatesState } from '../gates/state';
import { vote, voidedBy, withdrawVote } from '../gates/vote';
import { refusals } from './actions';
import { beginStep } from './beginStep';
import type { RolloutCommand } from './commands';
import type { GatesEffectResult } from './effects';
import { planOf } from './plan';
import type { RolloutStory } from './RolloutStory';
import type { RolloutState } from './state';

// What a rollout does while it waits for its gates. Nothing of the target has been touched then.

/** Whether all gates let the rollout of a story begin. */
export function heldReady(story: RolloutStory): boolean {
  return story.state?.gates !== undefined && isReady(story.state.gates);
}

/** What people do to gates. */
export function decideGates(
  story: RolloutStory,
  state: RolloutState,
  command: Extract<
    RolloutCommand,
    { type: 'vote' | 'withdrawVote' | 'breakGlass' | 'takeTurn' }
  >,
): void {
  const gates = gatesOf(state);
  switch (command.type) {
    case 'vote':
      for (const event of vote(gates, command, story.now)) story.add(event);
      if (story.state?.gates?.status === 'rejected')
        story.add({
          type: 'rollout.aborted',
          message: `Rejected by ${command.vote.by}: ${command.vote.comment}`,
        });
      return;
    case 'withdrawVote':
      for (const event of withdrawVote(gates, command.by, story.now))
        story.add(event);
      return;
    case 'takeTurn':
      // Told again by a worker that could not know that it was heard.
      if (gates.turn === 'waiting') story.add({ type: 'gates.turn' });
      return;
    default: {
      const refusal = refusals(state).breakGlass;
      if (refusal) throw new ConflictError(refusal);
      story.add({
        type: 'gates.broken',
        by: command.by,
        reason: command.reason,
      });
    }
  }
}

/** Somebody takes the request back. */
export function withdraw(
  story: RolloutStory,
  because: { reason?: string },
): void {
  story.add({ type: 'gates.closed', as: 'withdrawn' });
  story.add({
    type: 'rollout.aborted',
    message: because.reason
      ? `Withdrawn before it began: ${because.reason}`
      : 'Withdrawn before it began',
  });
}

/** The time has come to look again, or to give up. */
export function gatesDue(story: RolloutStory, state: RolloutState): void {
  if (!expire(story, gatesOf(state))) story.add({ type: 'gates.due' });
}

function expire(story: RolloutStory, gates: GatesState): boolean {
  const until = expiresAt(gates);
  if (until === undefined || story.now < until || gates.breakGlass)
    return false;
  story.add({ type: 'gates.closed', as: 'expired' });
  story.add({
    type: 'rollout.aborted',
    message: 'It was not approved in time',
  });
  return true;
}

/** The facts as they are now, and perhaps the target. */
export function gatesLooked(
  story: RolloutStory,
  state: RolloutState,
  { facts, taken, busyWith }: GatesEffectResult,
): void {
  const { request } = state;
  // A look takes time, and may have waited for a worker.
  if (expire(story, gatesOf(state))) return;
  story.add(
    voidedBy(gatesOf(state), facts) ?? {
      type: 'gates.looked',
      facts,
      ...(busyWith !== undefined && { busyWith }),
    },
  );
  if (!taken || !heldReady(story)) return;
  if (taken.previous?.releaseId === request.release.releaseId) {
    story.add({ type: 'gates.closed', as: 'withdrawn' });
    story.add({
      type: 'rollout.aborted',
      message: `${request.release.version} runs in ${request.target.environmentName} already`,
    });
    return;
  }
  story.add({ type: 'gates.passed' });
  story.add({
    type: 'rollout.begun',
    ...taken,
    plan: planOf({ ...request, previous: taken.previous }),
  });
  beginStep(story, 0);
}

function gatesOf({ gates, phase }: RolloutState): GatesState {
  if (!gates || phase !== 'held')
    throw new ConflictError(
      'The rollout does not wait for gates, so there is nothing to decide',
    );
  return gates;
}
