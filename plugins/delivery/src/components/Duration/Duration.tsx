import { useNow } from '@slipway/backstage-plugin-slipway-react';
import { formatDuration } from './formatDuration';

/** How long something took, or takes already. */
export function Duration({ from, to }: { from: string; to?: string }) {
  const now = useNow(1000);
  const end = to ? Date.parse(to) : now;
  return <span>{formatDuration((end - Date.parse(from)) / 1000)}</span>;
}
