import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { DateTime } from 'luxon';
import type { WindowOccurrence } from '@slipway/backstage-plugin-delivery-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { localTime, matchWords, overlapping, ownTimes } from './calendarModel';
import { WindowWord } from './WindowWord';

/** The windows of a month, one a row. */
export function ListView(props: {
  label: string;
  today: DateTime;
  windows: readonly WindowOccurrence[];
}) {
  const { label, today, windows } = props;
  const t = useT();
  const todays = new Set(overlapping(windows, today, today.plus({ days: 1 })));
  return (
    <ScrollTable label={label}>
      <TableHead>
        <TableRow>
          <TableCell>{t('calendar.what')}</TableCell>
          <TableCell>{t('calendar.from')}</TableCell>
          <TableCell>{t('calendar.to')}</TableCell>
          <TableCell>{t('calendar.matches')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {windows.map(window => {
          const isToday = todays.has(window);
          const own = ownTimes(t, window);
          return (
            <TableRow
              key={`${window.name} ${window.start}`}
              selected={isToday}
              hover
            >
              <TableCell component="th" scope="row">
                <WindowWord type={window.type} />
                <Box sx={{ fontWeight: 600 }}>
                  {window.title}{' '}
                  {isToday && (
                    <Chip
                      size="small"
                      label={t('calendar.isToday')}
                      sx={{ m: 0, height: 20 }}
                    />
                  )}
                </Box>
                {window.description && <div>{window.description}</div>}
              </TableCell>
              <TableCell sx={{ minWidth: 130 }}>
                <time dateTime={window.start} title={own}>
                  {localTime(window.start)}
                </time>
              </TableCell>
              <TableCell sx={{ minWidth: 130 }}>
                <time dateTime={window.end} title={own}>
                  {localTime(window.end)}
                </time>
              </TableCell>
              <TableCell>{matchWords(t, window.match)}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </ScrollTable>
  );
}
