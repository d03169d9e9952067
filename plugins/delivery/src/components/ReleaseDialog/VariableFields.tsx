import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import DeleteIcon from '@mui/icons-material/DeleteOutline';
import type { Environment } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { variableProblems, type Variable } from './variables';

/** Environment variables, for all environments or for one. */
export function VariableFields(props: {
  variables: readonly Variable[];
  environments: readonly Environment[];
  onChange: (variables: Variable[]) => void;
}) {
  const { variables, environments, onChange } = props;
  const t = useT();
  const problems = variableProblems(variables);
  const change = (id: number, patch: Partial<Variable>) =>
    onChange(
      variables.map(one => (one.id === id ? { ...one, ...patch } : one)),
    );
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" sx={{ fontWeight: 600 }}>
        {t('newRelease.variables')}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {t('newRelease.variablesHelp')}
      </Typography>
      {variables.map(one => {
        const problem = problems.get(one.id);
        return (
          <Box
            key={one.id}
            sx={{
              display: 'grid',
              gap: 1,
              mb: 1.5,
              gridTemplateColumns: { xs: '1fr', sm: '2fr 2fr 1.5fr auto' },
              alignItems: 'start',
            }}
          >
            <TextField
              size="small"
              label={t('newRelease.variableName')}
              value={one.name}
              onChange={event => change(one.id, { name: event.target.value })}
              error={Boolean(problem)}
              helperText={problem && t(`newRelease.variableProblem.${problem}`)}
            />
            <TextField
              size="small"
              label={t('newRelease.variableValue')}
              value={one.value}
              onChange={event => change(one.id, { value: event.target.value })}
            />
            <TextField
              select
              size="small"
              label={t('newRelease.variableEnvironment')}
              value={one.environment}
              onChange={event =>
                change(one.id, { environment: event.target.value })
              }
              SelectProps={{ displayEmpty: true }}
              InputLabelProps={{ shrink: true }}
            >
              <MenuItem value="">{t('newRelease.allEnvironments')}</MenuItem>
              {environments.map(environment => (
                <MenuItem key={environment.ref} value={environment.name}>
                  {environment.title}
                </MenuItem>
              ))}
            </TextField>
            <IconButton
              aria-label={t('newRelease.removeVariable', { name: one.name })}
              onClick={() =>
                onChange(variables.filter(other => other.id !== one.id))
              }
            >
              <DeleteIcon />
            </IconButton>
          </Box>
        );
      })}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...variables,
            {
              id: (variables.at(-1)?.id ?? 0) + 1,
              name: '',
              value: '',
              environment: '',
            },
          ])
        }
      >
        {t('newRelease.addVariable')}
      </Button>
    </Box>
  );
}
