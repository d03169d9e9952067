import { useEffect, useRef } from 'react';
import Box from '@mui/material/Box';
import type { LogLine } from '@slipway/backstage-plugin-delivery-common';
import { DateTime } from 'luxon';
import { formatInstant } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';

/** Pixels from the end within which the reader still counts as being there. */
const NEAR_END = 40;

/** Log lines in a box of their own, which stays at the end while the reader is there. */
export function LogLines(props: {
  lines: readonly LogLine[];
  follow: boolean;
}) {
  const { lines, follow } = props;
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (follow && atEnd.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines, follow]);
  return (
    <Box
      ref={box}
      role="log"
      aria-label={t('logs.title')}
      // New lines come in batches every few seconds: reading them all out would never end.
      aria-live="off"
      tabIndex={0}
      onScroll={() => {
        const { scrollHeight, scrollTop, clientHeight } = box.current!;
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
      sx={{
        maxHeight: 420,
        overflow: 'auto',
        fontFamily: 'monospace',
        fontSize: 13,
        lineHeight: 1.5,
        p: 1,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.default',
      }}
    >
      {lines.map((line, index) => (
        <Box
          key={index}
          sx={{
            display: 'flex',
            gap: 1.5,
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            // The browser skips what is out of sight; thousands of lines stay cheap.
            contentVisibility: 'auto',
            containIntrinsicSize: 'auto 20px',
          }}
        >
          <Box
            component="span"
            title={`${formatInstant(line.at)}\n${line.instance} ${line.stream}`}
            sx={{ color: 'text.secondary', flexShrink: 0 }}
          >
            {DateTime.fromISO(line.at, { zone: 'utc' }).toFormat('HH:mm:ss')}
          </Box>
          {line.stream !== 'stdout' && (
            <Box
              component="span"
              sx={{ flexShrink: 0, fontWeight: 700, color: 'text.secondary' }}
            >
              {line.stream}
            </Box>
          )}
          <span>{line.text}</span>
        </Box>
      ))}
    </Box>
  );
}
