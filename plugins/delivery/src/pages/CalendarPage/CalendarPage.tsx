import { DateTime } from 'luxon';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import useMediaQuery from '@mui/material/useMediaQuery';
import {
  EmptyState,
  Loaded,
  PageShell,
  Panel,
  useNow,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { DeliveryNav } from '../../components/DeliveryNav';
import { DocumentProblems } from '../../components/DocumentProblems';
import { useT } from '../../hooks/useT';
import { useWindows } from '../../hooks/useWindows';
import {
  calendarUrlDefaults,
  monthOf,
  overlapping,
  weeksOf,
} from './calendarModel';
import { ExceptionsPanel } from './ExceptionsPanel';
import { FrozenNow } from './FrozenNow';
import { ListView } from './ListView';
import { MonthView } from './MonthView';

const iso = (instant: DateTime) => instant.toUTC().toISO() ?? '';

/** When changes are allowed or frozen, by month. */
export function CalendarPage() {
  const t = useT();
  const [state, setState] = useUrlState(calendarUrlDefaults);
  const isNarrow = useMediaQuery('(max-width: 899px)', { noSsr: true });
  const now = useNow(60_000);
  const today = DateTime.fromMillis(now).startOf('day');
  const month = monthOf(state.month, now);
  const title = month.setLocale('en').toFormat('LLLL yyyy');
  const weeks = weeksOf(month);
  const query = useWindows({
    from: iso(weeks[0][0]),
    to: iso(weeks[weeks.length - 1][6].plus({ days: 1 })),
  });
  const view = state.view || (isNarrow ? 'list' : 'month');
  const show = (other: DateTime) =>
    setState({
      month: other.hasSame(today, 'month') ? '' : other.toFormat('yyyy-MM'),
    });
  return (
    <PageShell
      title={t('calendar.title')}
      breadcrumb={t('calendar.title')}
      actions={<DeliveryNav />}
    >
      <FrozenNow />
      <Panel
        title={title}
        actions={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <Button
              size="small"
              onClick={() => show(month.minus({ months: 1 }))}
            >
              {t('calendar.previous')}
            </Button>
            <Button size="small" onClick={() => show(today)}>
              {t('calendar.today')}
            </Button>
            <Button
              size="small"
              onClick={() => show(month.plus({ months: 1 }))}
            >
              {t('calendar.next')}
            </Button>
            <ToggleButtonGroup
              size="small"
              exclusive
              value={view}
              aria-label={t('calendar.view')}
              onChange={(_, next: string | null) =>
                next && setState({ view: next })
              }
            >
              <ToggleButton value="month">{t('calendar.month')}</ToggleButton>
              <ToggleButton value="list">{t('calendar.list')}</ToggleButton>
            </ToggleButtonGroup>
          </Box>
        }
      >
        <Loaded query={query} errorTitle={t('calendar.failed')}>
          {({ items, problems }) => {
            const shown = overlapping(items, month, month.plus({ months: 1 }));
            return (
              <>
                <DocumentProblems problems={problems} />
                {view === 'month' && (
                  <MonthView month={month} today={today} windows={items} />
                )}
                {view !== 'month' && shown.length > 0 && (
                  <ListView label={title} today={today} windows={shown} />
                )}
                {shown.length === 0 && (
                  <EmptyState
                    title={t('calendar.empty', { month: title })}
                    description={t('calendar.emptyHelp')}
                  />
                )}
                <Box sx={{ mt: 1, color: 'text.secondary' }}>
                  {t('calendar.yourTime', { zone: today.zoneName ?? '' })}
                </Box>
              </>
            );
          }}
        </Loaded>
      </Panel>
      <ExceptionsPanel />
    </PageShell>
  );
}
