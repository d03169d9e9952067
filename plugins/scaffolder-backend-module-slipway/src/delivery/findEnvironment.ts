import { InputError, NotFoundError } from '@backstage/errors';
import type { Environment } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryAsCaller } from './DeliveryAsCaller';

/** Finds an environment by its name, such as `development`, or by its entity reference. */
export async function findEnvironment(
  delivery: DeliveryAsCaller,
  nameOrRef: string,
): Promise<Environment> {
  const environments = await delivery.call((client, options) =>
    client.listEnvironments(options),
  );
  const wanted = nameOrRef.toLowerCase();
  const found = environments.find(
    ({ ref, name }) =>
      ref.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  if (!found) {
    const names = environments.map(({ name }) => name).join(', ');
    throw new NotFoundError(
      `There is no environment '${nameOrRef}'. There is: ${names || 'none that you may see'}`,
    );
  }
  if (found.problem) {
    throw new InputError(
      `Nothing can be rolled out to ${found.name}: ${found.problem}`,
    );
  }
  return found;
}
