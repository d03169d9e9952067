import type { PodProblem } from '@slipway/backstage-plugin-kubernetes-node';
import { quotaPart } from '@slipway/backstage-plugin-kubernetes-node';
import { isObserved, pauseReason, type Rollout } from '../objects/rollout';

// A controller looks within a second; after so long nobody does.
const silenceMs = 30_000;

/** What the Rollout itself says is wrong, in words. */
export function rolloutProblem(
  rollout: Rollout,
  now: number,
): PodProblem | undefined {
  return (
    invalid(rollout) ??
    unseen(rollout, now) ??
    aborted(rollout) ??
    stuck(rollout) ??
    held(rollout)
  );
}

function condition({ status }: Rollout, type: string) {
  return status?.conditions?.find(known => known.type === type);
}

function invalid(rollout: Rollout): PodProblem | undefined {
  const found = condition(rollout, 'InvalidSpec');
  return found?.status === 'True'
    ? {
        message: `Argo Rollouts does not take Rollout ${rollout.metadata?.name} (InvalidSpec): ${found.message}`,
        lasting: true,
      }
    : undefined;
}

function unseen(rollout: Rollout, now: number): PodProblem | undefined {
  if (isObserved(rollout)) return undefined;
  const written = Math.max(
    ...[
      rollout.metadata?.creationTimestamp,
      ...(rollout.metadata?.managedFields ?? [])
        .filter(({ subresource }) => subresource !== 'status')
        .map(({ time }) => time),
    ].map(time => (time ? new Date(time).getTime() : 0)),
  );
  return now - written >= silenceMs
    ? {
        message: `no Argo Rollouts controller follows Rollouts in namespace ${rollout.metadata?.namespace}: the last change of Rollout ${rollout.metadata?.name} has not been taken up; install Argo Rollouts, or let its controller watch the namespace`,
        // Nothing is wrong with the release, and to take it back needs a controller too.
        lasting: false,
      }
    : undefined;
}

function aborted(rollout: Rollout): PodProblem | undefined {
  const { metadata, status } = rollout;
  const progressing = condition(rollout, 'Progressing');
  const why =
    progressing?.reason === 'RolloutAborted' ? progressing.message : undefined;
  return status?.abort
    ? {
        message: `Rollout ${metadata?.name} was aborted (RolloutAborted)${why ? `: ${why}` : ''}`,
        lasting: true,
      }
    : undefined;
}

function stuck(rollout: Rollout): PodProblem | undefined {
  const isStuck =
    condition(rollout, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
  const failure = condition(rollout, 'ReplicaFailure');
  if (failure?.status === 'True') {
    const { message = '' } = failure;
    return {
      message: message.includes('exceeded quota')
        ? `no further copy can be made: the namespace has used up its quota (${quotaPart(message)}). Ask for more, or run fewer copies`
        : `no further copy can be made: ${message}`,
      lasting: isStuck,
    };
  }
  return isStuck
    ? {
        // Argo's own default.
        message: `Rollout ${rollout.metadata?.name} has made no progress for ${rollout.spec?.progressDeadlineSeconds ?? 600} seconds (ProgressDeadlineExceeded)`,
        lasting: true,
      }
    : undefined;
}

function held(rollout: Rollout): PodProblem | undefined {
  const name = rollout.metadata?.name;
  if (rollout.spec?.paused)
    return {
      message: `somebody has paused Rollout ${name} (spec.paused); resume it with 'kubectl argo rollouts resume ${name}' to let it go on`,
      lasting: false,
    };
  return pauseReason(rollout) === 'InconclusiveAnalysisRun'
    ? {
        message: `an analysis of Argo's own could not tell whether Rollout ${name} is well; promote or abort it there`,
        lasting: false,
      }
    : undefined;
}
