import { DateTime } from 'luxon';
import { useNow } from '../../hooks/useNow';
import { formatInstant } from './formatInstant';

/**
 * An instant as "5 minutes ago", with the exact UTC instant on hover.
 *
 * @public
 */
export function RelativeTime(props: {
  at: string;
  /** It may be still to come, as an end or a deadline: "in 5 minutes". */
  mayCome?: boolean;
}) {
  const { at, mayCome } = props;
  const now = useNow(15_000);
  const instant = DateTime.fromISO(at);
  if (!instant.isValid) return <span>{at}</span>;
  const base = DateTime.fromMillis(Math.max(now, Date.now()));
  // A clock that runs behind the server's must not say "in 2 seconds" of what has happened, nor "in 0 seconds".
  const shown = mayCome ? instant : DateTime.min(instant, base.minus(1));
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {shown.toRelative({ base, locale: 'en' })}
    </time>
  );
}
