import { useEffect, useState } from 'react';
import TextField from '@mui/material/TextField';
import { useT } from '../../hooks/useT';

/** Milliseconds of quiet after which what was typed is asked for. */
const TYPING_PAUSE = 400;

/** What people type, as the full reference that the API filters by; undefined while it cannot be one. */
function componentRefOf(typed: string): string | undefined {
  const text = typed.trim();
  if (!text) return '';
  const full = /^[a-z][a-z0-9]*:[\w.-]+\/[\w.-]+$/i;
  if (full.test(text)) return text;
  return /^[\w.-]+$/.test(text) ? `component:default/${text}` : undefined;
}

/** A component to filter by, written as a name or a full reference. */
export function ComponentField(props: {
  value: string;
  onChange: (ref: string) => void;
}) {
  const { value, onChange } = props;
  const t = useT();
  const short = value.replace(/^component:default\//, '');
  const [typed, setTyped] = useState(short);
  const ref = componentRefOf(typed);
  useEffect(() => setTyped(short), [short]);
  useEffect(() => {
    if (ref === undefined || ref === value) return undefined;
    const timer = setTimeout(() => onChange(ref), TYPING_PAUSE);
    return () => clearTimeout(timer);
    // Only typing starts the wait, not a new function from the parent.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ref]);
  return (
    <TextField
      size="small"
      type="search"
      label={t('rollouts.component')}
      placeholder={t('rollouts.componentExample')}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      error={ref === undefined}
      helperText={
        ref === undefined ? t('rollouts.componentInvalid') : undefined
      }
      sx={{ minWidth: 220 }}
    />
  );
}
