import type { V1Deployment } from '@kubernetes/client-node';
import {
  type PodProblem,
  quotaPart,
} from '@slipway/backstage-plugin-kubernetes-node';

/** What a Deployment itself says is wrong, in words. */
export function deploymentProblem({
  metadata,
  spec,
  status,
}: V1Deployment): PodProblem | undefined {
  const condition = (wanted: string) =>
    status?.conditions?.find(({ type }) => type === wanted);
  const failure = condition('ReplicaFailure');
  const stuck = condition('Progressing')?.reason === 'ProgressDeadlineExceeded';
  if (failure?.status === 'True') {
    const { message = '' } = failure;
    return {
      message: message.includes('exceeded quota')
        ? `no further copy can be made: the namespace has used up its quota (${quotaPart(message)}). Ask for more, or run fewer copies`
        : `no further copy can be made: ${message}`,
      lasting: stuck,
    };
  }
  return stuck
    ? {
        message: `Deployment ${metadata?.name} has made no progress for ${spec?.progressDeadlineSeconds} seconds`,
        lasting: true,
      }
    : undefined;
}
