import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { DeliveryAsCaller } from './DeliveryAsCaller';

/** For dry runs, which must say what the API would say. A component that the task would only make is not there to be asked about. */
export async function assertAllowed(
  delivery: DeliveryAsCaller,
  action: 'deploy' | 'rollback',
  target: { componentRef: string; environmentRef: string },
): Promise<void> {
  const actions = await delivery
    .call((client, options) => client.getTargetActions(target, options))
    .catch(error => {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    });
  const answer = actions?.[action];
  if (answer && !answer.allowed) {
    throw new NotAllowedError(
      answer.reason ?? `You may not do this to ${target.componentRef}`,
    );
  }
}
