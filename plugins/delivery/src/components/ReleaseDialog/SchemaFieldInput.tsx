import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useT } from '../../hooks/useT';
import { fieldProblem, type SchemaField } from './schemaFields';

/** One property of an artifact. */
export function SchemaFieldInput(props: {
  field: SchemaField;
  value: string;
  /** After a first try to send, so that an untouched form does not complain. */
  showProblems: boolean;
  onChange: (value: string) => void;
}) {
  const { field, value, showProblems, onChange } = props;
  const t = useT();
  if (field.type === 'boolean') {
    return (
      <FormControlLabel
        control={
          <Checkbox
            checked={value === 'true'}
            onChange={event => onChange(String(event.target.checked))}
          />
        }
        label={field.title}
      />
    );
  }
  const problem = fieldProblem(field, value);
  const isShown = problem && (showProblems || problem !== 'required');
  const help =
    field.type === 'strings'
      ? [field.description, t('newRelease.onePerLine')]
          .filter(Boolean)
          .join(' ')
      : field.description;
  return (
    <TextField
      select={Boolean(field.options)}
      multiline={field.type === 'strings' || field.type === 'json'}
      label={field.title}
      required={field.required}
      value={value}
      onChange={event => onChange(event.target.value)}
      error={Boolean(isShown)}
      helperText={isShown ? t(`newRelease.problem.${problem}`) : help}
    >
      {field.options?.map(option => (
        <MenuItem key={option} value={option}>
          {option}
        </MenuItem>
      ))}
    </TextField>
  );
}
