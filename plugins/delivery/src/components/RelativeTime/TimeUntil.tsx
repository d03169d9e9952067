import { DateTime } from 'luxon';
import { useNow } from '../../hooks/useNow';
import { formatInstant } from './formatInstant';

/** An instant that may be still to come as "in 5 minutes", with the exact UTC instant on hover. */
export function TimeUntil({ at }: { at: string }) {
  const now = useNow(15_000);
  const instant = DateTime.fromISO(at);
  if (!instant.isValid) return <span>{at}</span>;
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {instant.toRelative({ base: DateTime.fromMillis(now), locale: 'en' })}
    </time>
  );
}
