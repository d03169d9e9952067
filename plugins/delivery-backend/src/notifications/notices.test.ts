import type { RecordedEvent } from '@slipway/workflow-engine';
import { RolloutRehearsal } from '../__testUtils__/RolloutRehearsal';
import { rolloutRequest } from '../__testUtils__/rolloutRequests';
import type { WindowFacts } from '../domain/gates/facts';
import { decide } from '../domain/request/decide';
import type { AnyRequestCommand } from '../domain/request/commands';
import type { RequestEvent } from '../domain/request/events';
import { evolve } from '../domain/request/evolve';
import type { RequestState } from '../domain/request/state';
import { requestNotice } from './requestNotice';
import { windowNotice } from './windowNotice';

const run = 'r-1';
const user = (name: string) => `user:default/${name}`;

/** As the feed hands it out. */
function recorded<E extends { type: string; at: number }>(
  data: E,
  version: number,
): RecordedEvent<E> {
  return {
    id: `${run}:${version}`,
    runId: run,
    runType: 'any',
    version,
    type: data.type,
    data,
    actor: { type: 'user', id: user('ana') },
    at: new Date(data.at).toISOString(),
    cursor: String(version),
  };
}

describe('who hears of a window that holds a rollout', () => {
  const frozen: WindowFacts = {
    open: false,
    until: Date.UTC(2027, 0, 3, 17),
    because: [{ name: 'year-end', title: 'Year-end freeze', type: 'deny' }],
  };

  it('is who began it and whose it is, when it stops and when it goes on', () => {
    const rollout = new RolloutRehearsal();
    rollout.command({
      type: 'start',
      request: rolloutRequest({
        canary: { steps: [{ setWeight: 20 }, { pause: {} }] },
      }),
    });
    rollout.succeed('delivery.prepare');
    rollout.converge();
    rollout.windows = frozen;
    rollout.command({ type: 'promote' });
    rollout.windows = undefined;
    const notices = rollout.events.flatMap(
      (event, index) =>
        windowNotice(
          recorded(event, index + 1),
          rollout.state!,
          'group:default/owners',
        ) ?? [],
    );
    expect(notices).toEqual([
      {
        to: [rollout.state!.request.requestedBy, 'group:default/owners'],
        except: [],
        payload: expect.objectContaining({
          title: 'Held on its way: Checkout 2.0.0 to production',
          description: 'Held by Year-end freeze until 2027-01-03 17:00 UTC',
          severity: 'high',
          link: '/delivery/rollouts/r-1',
        }),
      },
      expect.objectContaining({
        payload: expect.objectContaining({
          title: 'Goes on: Checkout 2.0.0 to production',
        }),
      }),
    ]);
    expect(new Set(notices.map(({ payload }) => payload.scope)).size).toBe(1);
  });
});

describe('who hears of a request for approval', () => {
  /** What is told of these commands, one after the other. */
  function told(...commands: AnyRequestCommand[]) {
    let state: RequestState | undefined;
    let version = 0;
    return commands.flatMap(command => {
      const { events } = decide(state, command, { now: 1000 });
      return (events as RequestEvent[]).flatMap(event => {
        state = evolve(state, event);
        version += 1;
        return requestNotice(recorded(event, version), state) ?? [];
      });
    });
  }

  const ask: AnyRequestCommand = {
    type: 'ask',
    asked: {
      title: 'Read the ledger',
      requestedBy: user('ana'),
      approval: { rules: [{ group: 'group:default/managers', atLeast: 1 }] },
    },
  };
  const [{ subjectDigest }] = decide(undefined, ask, { now: 1000 })
    .events as Array<Extract<RequestEvent, { type: 'request.asked' }>>;
  const vote = (decision: 'approve' | 'reject'): AnyRequestCommand => ({
    type: 'vote',
    subjectDigest,
    vote: {
      by: user('ben'),
      decision,
      groups: ['group:default/managers'],
      comment: 'Not today',
    },
  });

  it('is whoever may agree, but not who asks; then who asked', () => {
    expect(told(ask, vote('approve'))).toEqual([
      {
        to: ['group:default/managers'],
        except: [user('ana')],
        payload: expect.objectContaining({
          title: 'Approve Read the ledger?',
          link: '/delivery/approvals?id=r-1',
        }),
      },
      expect.objectContaining({
        to: [user('ana')],
        payload: expect.objectContaining({
          title: 'Approved: Read the ledger',
        }),
      }),
    ]);
  });

  it('is told why it was rejected', () => {
    expect(told(ask, vote('reject'))[1]).toMatchObject({
      to: [user('ana')],
      payload: {
        title: 'Rejected: Read the ledger',
        description: 'Not today',
        severity: 'high',
      },
    });
  });

  it('is nobody when it was taken back', () => {
    expect(told(ask, { type: 'withdraw' })).toHaveLength(1);
  });
});
