import { DateTime } from 'luxon';
import { formatInstant } from './formatInstant';

/** An instant as "5 minutes ago", with the exact UTC instant on hover. */
export function RelativeTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {DateTime.fromISO(at).toRelative({ locale: 'en' })}
    </time>
  );
}
