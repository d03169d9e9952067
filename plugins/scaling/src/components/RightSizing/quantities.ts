import type { ResourceSizing } from '@slipway/backstage-plugin-scaling-common';
import type { T } from '../../hooks/useT';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const MiB = 2 ** 20;

/** CPU in cores; memory in MiB or GiB. */
export function quantity(
  t: T,
  resource: ResourceSizing['resource'],
  value: number,
): string {
  if (resource === 'cpu')
    return t('rightSizing.cores', { value: number.format(value) });
  return value >= 1024 * MiB
    ? `${number.format(value / (1024 * MiB))} GiB`
    : `${number.format(value / MiB)} MiB`;
}
