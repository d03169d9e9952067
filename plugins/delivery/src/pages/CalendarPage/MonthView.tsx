import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import AllowIcon from '@mui/icons-material/EventAvailable';
import FreezeIcon from '@mui/icons-material/AcUnit';
import type { DateTime } from 'luxon';
import type { WindowOccurrence } from '@slipway/backstage-plugin-delivery-common';
import { visuallyHidden } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import {
  localTime,
  matchWords,
  overlapping,
  ownTimes,
  weeksOf,
} from './calendarModel';

/** Windows a day shows; the list has them all. */
const MOST_SHOWN = 4;

function DayWindow(props: { window: WindowOccurrence; day: DateTime }) {
  const { window, day } = props;
  const t = useT();
  const isFreeze = window.type === 'deny';
  const Icon = isFreeze ? FreezeIcon : AllowIcon;
  const begins = Date.parse(window.start) >= day.toMillis();
  return (
    <Tooltip
      describeChild
      arrow
      title={
        <>
          <div>
            {localTime(window.start)} – {localTime(window.end)}
          </div>
          <div>{ownTimes(t, window)}</div>
          <div>
            {t('calendar.matches')}: {matchWords(t, window.match)}
          </div>
        </>
      }
    >
      <Box
        component="li"
        tabIndex={0}
        sx={{
          listStyle: 'none',
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          px: 0.5,
          mt: 0.25,
          borderRadius: 0.5,
          borderLeft: 3,
          borderColor: isFreeze ? 'info.main' : 'success.main',
          bgcolor: 'action.hover',
          fontSize: 12.5,
          overflow: 'hidden',
        }}
      >
        <Icon fontSize="inherit" aria-hidden />
        <span style={visuallyHidden}>{t(`calendar.${window.type}`)}:</span>
        <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
          {begins && `${localTime(window.start).slice(-5)} `}
          {window.title}
        </Box>
      </Box>
    </Tooltip>
  );
}

function Day(props: {
  day: DateTime;
  month: DateTime;
  isToday: boolean;
  windows: readonly WindowOccurrence[];
}) {
  const { day, month, isToday, windows } = props;
  const t = useT();
  const all = overlapping(windows, day, day.plus({ days: 1 }));
  return (
    <Box
      component="td"
      aria-current={isToday ? 'date' : undefined}
      sx={{
        verticalAlign: 'top',
        height: 96,
        p: 0.5,
        border: 1,
        borderColor: 'divider',
        bgcolor: isToday ? 'action.selected' : undefined,
        outline: isToday ? '2px solid' : undefined,
        outlineColor: 'primary.main',
        outlineOffset: -2,
      }}
    >
      <Box
        component="time"
        dateTime={day.toISODate() ?? undefined}
        sx={{
          fontWeight: isToday ? 700 : 400,
          color: day.hasSame(month, 'month')
            ? 'text.primary'
            : 'text.secondary',
        }}
      >
        {day.day}
        {isToday && ` ${t('calendar.isToday')}`}
      </Box>
      {all.length > 0 && (
        <Box component="ul" sx={{ m: 0, p: 0 }}>
          {all.slice(0, MOST_SHOWN).map(window => (
            <DayWindow
              key={`${window.name} ${window.start}`}
              window={window}
              day={day}
            />
          ))}
        </Box>
      )}
      {all.length > MOST_SHOWN && (
        <Box sx={{ fontSize: 12.5 }}>
          {t('calendar.more', { number: String(all.length - MOST_SHOWN) })}
        </Box>
      )}
    </Box>
  );
}

/** A month as a table of weeks. */
export function MonthView(props: {
  month: DateTime;
  today: DateTime;
  windows: readonly WindowOccurrence[];
}) {
  const { month, today, windows } = props;
  const weeks = weeksOf(month);
  return (
    <Box
      sx={{ overflowX: 'auto' }}
      tabIndex={0}
      role="group"
      aria-label={month.setLocale('en').toFormat('LLLL yyyy')}
    >
      <Box
        component="table"
        aria-label={month.setLocale('en').toFormat('LLLL yyyy')}
        sx={{
          width: '100%',
          minWidth: 700,
          tableLayout: 'fixed',
          borderCollapse: 'collapse',
        }}
      >
        <thead>
          <tr>
            {weeks[0].map(day => (
              <Box
                component="th"
                scope="col"
                key={day.weekday}
                sx={{ p: 0.5, textAlign: 'left', fontWeight: 600 }}
              >
                {day.setLocale('en').toFormat('ccc')}
              </Box>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0].toISODate()}>
              {week.map(day => (
                <Day
                  key={day.toISODate()}
                  day={day}
                  month={month}
                  isToday={day.hasSame(today, 'day')}
                  windows={windows}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
