import type { Strategy } from '@slipway/backstage-plugin-delivery-common';
import { gateFacts } from '../../__testUtils__/gateFacts';
import {
  observationOf,
  RolloutRehearsal,
} from '../../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../../__testUtils__/rolloutRequests';
import type { WindowFacts } from '../gates/facts';
import { refusals } from './actions';
import { rolloutView } from './view';

const canary: Strategy = {
  canary: { steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }] },
};

const frozen: WindowFacts = {
  open: false,
  until: Date.UTC(2027, 0, 3, 17),
  because: [{ name: 'year-end', title: 'Year-end freeze', type: 'deny' }],
};

const breakGlass = {
  type: 'breakGlass',
  by: 'user:default/ben',
  reason: 'customers cannot pay',
} as const;

/** At 20 %, promoted into a freeze. */
function held(overrides: Parameters<typeof rolloutRequest>[1] = {}) {
  const rollout = new RolloutRehearsal();
  rollout.command({
    type: 'start',
    request: rolloutRequest(canary, overrides),
  });
  rollout.succeed('delivery.prepare');
  rollout.converge();
  rollout.windows = frozen;
  rollout.command({ type: 'promote' });
  return rollout;
}

const view = ({ state }: RolloutRehearsal) => rolloutView('r', 1, state!);
const weights = ({ desired }: RolloutRehearsal) =>
  desired.map(({ versions }) => versions[0].weight);

describe('a rollout that a window holds while it is under way', () => {
  it('says what holds it and until when, and stands where it is', () => {
    const rollout = held();
    expect(rollout.status).toEqual({
      kind: 'waiting',
      wait: 'window',
      detail: 'Held by Year-end freeze until 2027-01-03 17:00 UTC',
    });
    expect(view(rollout)).toMatchObject({
      phase: 'paused',
      waitingFor: 'window',
      message: 'Held by Year-end freeze until 2027-01-03 17:00 UTC',
      weight: 20,
      currentStepIndex: 3,
    });
    expect(view(rollout).steps[3]).toMatchObject({ status: 'paused' });
    expect(view(rollout).gates?.items).toEqual([
      expect.objectContaining({
        kind: 'window',
        status: 'waiting',
        message: 'Frozen by Year-end freeze',
        until: '2027-01-03T17:00:00.000Z',
      }),
    ]);
    expect(weights(rollout)).toEqual([20]);
    expect(rollout.timers.size).toBe(0);
  });

  it('tells nothing more while nothing changes, and goes on by itself', () => {
    const rollout = held();
    const told = rollout.events.length;
    rollout.lookAtWindows();
    expect(rollout.events).toHaveLength(told);
    rollout.windows = undefined;
    expect(weights(rollout)).toEqual([20, 60]);
    expect(view(rollout)).toMatchObject({ phase: 'progressing', weight: 60 });
    expect(view(rollout).gates?.items[0].status).toBe('passed');
    rollout.converge();
    rollout.converge();
    rollout.converge();
    expect(rollout.state?.phase).toBe('succeeded');
  });

  it('is told when something else holds it, and longer', () => {
    const rollout = held();
    rollout.windows = { ...frozen, until: frozen.until! + 3_600_000 };
    expect(view(rollout).message).toBe(
      'Held by Year-end freeze until 2027-01-03 18:00 UTC',
    );
    rollout.windows = {
      open: false,
      because: [],
      unknown: 'a.yaml has not been read yet',
    };
    expect(view(rollout).message).toBe('Held: a.yaml has not been read yet');
  });

  it('does not go by an answer that was open when it was asked and is closed now', () => {
    const rollout = new RolloutRehearsal(false);
    rollout.command({ type: 'start', request: rolloutRequest(canary) });
    rollout.succeed('delivery.prepare');
    rollout.windows = { open: true, because: [], until: rollout.now + 1 };
    rollout.lookAtWindows();
    expect(rollout.desired).toEqual([]);
    rollout.windows = frozen;
    rollout.lookAtWindows();
    expect(view(rollout).waitingFor).toBe('window');
  });

  it('is held before it touches anything, too', () => {
    const rollout = new RolloutRehearsal();
    rollout.windows = frozen;
    rollout.command({
      type: 'start',
      request: rolloutRequest({ rolling: {} }),
    });
    rollout.succeed('delivery.prepare');
    expect(rollout.desired).toEqual([]);
    rollout.command({ type: 'abort' });
    expect(rollout.state?.phase).toBe('aborted');
  });

  it('goes back at once when a person aborts it or the new release falls ill', () => {
    const aborted = held();
    aborted.command({ type: 'abort' });
    expect(weights(aborted)).toEqual([20, 100]);
    aborted.converge();
    expect(aborted.state?.phase).toBe('aborted');

    const ill = held();
    ill.succeed(
      'delivery.watch',
      observationOf(ill.desired[0], { health: 'degraded' }),
    );
    expect(ill.state?.phase).toBe('rollingBack');
    ill.converge();
    expect(ill.state?.phase).toBe('rolledBack');
  });

  it('does not hold what goes back to a release that ran there', () => {
    const rollout = new RolloutRehearsal();
    rollout.windows = frozen;
    rollout.command({
      type: 'start',
      request: rolloutRequest(canary, { kind: 'rollback', ungated: true }),
    });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    rollout.converge();
    rollout.converge();
    expect(rollout.state?.phase).toBe('succeeded');
  });

  it('goes past it for good when somebody breaks the glass', () => {
    const rollout = held();
    expect(refusals(rollout.state!).breakGlass).toBeUndefined();
    rollout.command(breakGlass);
    expect(weights(rollout)).toEqual([20, 60]);
    rollout.converge();
    rollout.converge();
    rollout.converge();
    expect(rollout.state?.phase).toBe('succeeded');
    expect(view(rollout).gates).toMatchObject({
      breakGlass: { by: 'user:default/ben' },
      items: [{ kind: 'window', status: 'overridden' }],
    });
  });

  it('is not held again where the glass was broken before it began', () => {
    const rollout = new RolloutRehearsal();
    rollout.windows = frozen;
    rollout.command({
      type: 'start',
      request: rolloutRequest({ rolling: {} }),
      gates: gateFacts([], { windows: frozen }),
    });
    rollout.command(breakGlass);
    rollout.look(gateFacts([], { windows: frozen }));
    rollout.succeed('delivery.prepare');
    rollout.converge();
    expect(rollout.state?.phase).toBe('succeeded');
  });

  it('waits for the person who pauses it, window or not', () => {
    const rollout = held();
    rollout.command({ type: 'pause' });
    expect(view(rollout)).toMatchObject({ waitReason: 'pausedByPerson' });
    expect(() => rollout.command(breakGlass)).toThrow(/paused/);
    rollout.windows = undefined;
    expect(weights(rollout)).toEqual([20]);
    rollout.command({ type: 'resume' });
    expect(weights(rollout)).toEqual([20, 60]);
  });

  it('skips to the last step only when the window lets it', () => {
    const rollout = held();
    expect(() => rollout.command({ type: 'promote' })).toThrow(/window holds/);
    rollout.command({ type: 'promoteFull' });
    expect(view(rollout)).toMatchObject({
      waitingFor: 'window',
      currentStepIndex: 4,
    });
    expect(weights(rollout)).toEqual([20]);
    rollout.windows = undefined;
    expect(weights(rollout)).toEqual([20, 100]);
  });

  it('asks a person when windows cannot be looked at, and looks again after a retry', () => {
    const rollout = new RolloutRehearsal(false);
    rollout.command({ type: 'start', request: rolloutRequest(canary) });
    rollout.succeed('delivery.prepare');
    rollout.fail('delivery.windows', 'not-retryable', 'no such table');
    expect(view(rollout)).toMatchObject({ waitReason: 'attention' });
    rollout.command({ type: 'retry' });
    rollout.lookAtWindows();
    expect(weights(rollout)).toEqual([20]);
  });
});
