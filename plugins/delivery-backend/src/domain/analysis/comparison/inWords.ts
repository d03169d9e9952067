import type {
  ComparisonResult,
  ComparisonSettings,
} from '@slipway/backstage-plugin-delivery-common';

/** Why a comparison came out as it did, or why it did not, in one sentence without its full stop. */
export function comparisonInWords(
  { classification, points, shift, unit }: ComparisonResult,
  { confidence, minimumPoints }: ComparisonSettings,
): string {
  if (classification === 'nodata')
    return 'there is no release before this one to compare with';
  if (!classification || !shift)
    return `${points.canary} of ${minimumPoints} points of the new release and ${points.stable} of ${minimumPoints} of the one before: too few to compare`;
  const number = (value: number) => String(Number(value.toPrecision(3)));
  const suffix = unit ? ` ${unit}` : '';
  const off = `${number(Math.abs(shift.estimate))}${suffix}`;
  const interval = `${number(confidence * 100)} % interval ${number(shift.lower)} to ${number(shift.upper)}${suffix}`;
  const numbers = `(${interval}; tolerance ${number(shift.bound)}${suffix})`;
  if (classification === 'high')
    return `${off} higher than in the release before ${numbers}`;
  if (classification === 'low')
    return `${off} lower than in the release before ${numbers}`;
  if (shift.lower > shift.bound)
    return `${off} higher than in the release before, which is no fault ${numbers}`;
  if (shift.upper < -shift.bound)
    return `${off} lower than in the release before, which is no fault ${numbers}`;
  return `no clear difference from the release before ${numbers}`;
}
