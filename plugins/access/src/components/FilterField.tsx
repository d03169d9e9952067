import TextField from '@mui/material/TextField';

/** Narrows a list while one types. */
export function FilterField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <TextField
      type="search"
      size="small"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      sx={{ minWidth: 220 }}
    />
  );
}
