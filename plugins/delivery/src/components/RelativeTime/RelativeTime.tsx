import { DateTime } from 'luxon';
import { useNow } from '../../hooks/useNow';
import { formatInstant } from './formatInstant';

/** An instant as "5 minutes ago", with the exact UTC instant on hover. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow(15_000);
  const instant = DateTime.fromISO(at);
  if (!instant.isValid) return <span>{at}</span>;
  // A clock that runs behind the server's must not say "in 2 seconds" of what has happened.
  const base = DateTime.fromMillis(Math.max(now, Date.now()));
  const shown = instant > base ? base : instant;
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {shown.toRelative({ base, locale: 'en' })}
    </time>
  );
}
