import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { podProblem } from './podProblem';

const started = new Date('2026-01-01T00:00:00Z');
const now = started.getTime() + 60_000;

/** A pod with one container; `ready` changed at `readySince`. */
function pod(
  container: Partial<V1ContainerStatus>,
  { ready = false, readySince = started, scheduled = 'True' } = {},
): V1Pod {
  return {
    spec: {
      containers: [
        {
          name: 'app',
          image: 'shop:1',
          ports: [{ containerPort: 8080 }],
          readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
        },
      ],
    },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: readySince,
        },
        {
          type: 'PodScheduled',
          status: scheduled,
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient memory.',
        },
      ],
      containerStatuses: [
        {
          name: 'app',
          image: 'shop:1',
          imageID: '',
          ready,
          restartCount: 0,
          ...container,
        },
      ],
    },
  };
}

const running = { state: { running: { startedAt: started } } };
const later = (seconds: number) => new Date(started.getTime() + seconds * 1000);

describe('what is wrong with a copy', () => {
  it('is nothing while it is ready, or on its way out', () => {
    expect(podProblem(pod(running, { ready: true }), now)).toBeUndefined();
    const leaving = pod(running);
    leaving.metadata = { deletionTimestamp: started };
    expect(podProblem(leaving, now)).toBeUndefined();
  });

  it('passes when no node has room, since nodes may come', () => {
    expect(podProblem(pod({}, { scheduled: 'False' }), now)).toEqual({
      message:
        'no node takes the copy: 0/3 nodes are available: 3 Insufficient memory. Add nodes, or ask for less CPU and memory',
      lasting: false,
    });
  });

  it('tells too much memory from other ends', () => {
    const ended = (reason: string) => ({
      restartCount: 2,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: {
        terminated: { exitCode: 137, reason, message: 'a\nlast words\n' },
      },
    });
    expect(podProblem(pod(ended('OOMKilled')), now)).toEqual({
      message:
        'a copy keeps ending: it used more memory than its limit (OOMKilled). Raise the limit, or let it use less',
      lasting: true,
    });
    expect(podProblem(pod(ended('Error')), now)).toEqual({
      message: 'a copy keeps ending: it ended with code 137: a\nlast words',
      lasting: true,
    });
    expect(
      podProblem(pod({ ...ended('Error'), restartCount: 1 }), now)?.lasting,
    ).toBe(false);
  });

  it('says why it ended also in the moments that it runs in between', () => {
    const again = (restartCount: number) =>
      podProblem(
        pod({
          ...running,
          restartCount,
          lastState: {
            terminated: { exitCode: 3, message: 'no database\n' },
          },
        }),
        now,
      );
    expect(again(1)).toEqual({
      message: 'a copy keeps ending: it ended with code 3: no database',
      lasting: false,
    });
    expect(again(2)?.lasting).toBe(true);
  });

  it.each(['InvalidImageName', 'ErrImageNeverPull', 'RunContainerError'])(
    'lasts when the container cannot be started: %s',
    reason => {
      const waiting = { reason, message: 'the reason' };
      expect(podProblem(pod({ state: { waiting } }), now)).toEqual({
        message: expect.stringContaining('the reason'),
        lasting: true,
      });
    },
  );

  it('passes while it is not ready for the first time', () => {
    expect(podProblem(pod(running), now)).toEqual({
      message:
        'a copy is not ready yet: GET /healthz on port 8080 does not answer with success',
      lasting: false,
    });
  });

  it('lasts when it has been ready and is not any more for five seconds', () => {
    const since = (seconds: number) =>
      podProblem(pod(running, { readySince: later(seconds) }), now);
    expect(since(56)).toMatchObject({
      message: expect.stringContaining('no longer well'),
      lasting: false,
    });
    expect(since(55)).toMatchObject({ lasting: true });
  });
});
