import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { AccessAction } from '@slipway/backstage-plugin-access-common';
import { actionTitle } from '../../components/actionTitle';
import { Code } from '../../components/Code';
import { useT } from '../../hooks/useT';

const filterOptions = createFilterOptions<string>({
  limit: 100,
  stringify: permission => `${actionTitle(permission)} ${permission}`,
});

/** Something that can be done: one of the known actions, or a permission's name for those who may not see the list. */
export function ActionField(props: {
  actions: readonly AccessAction[] | undefined;
  value: string;
  onChange: (permission: string) => void;
}) {
  const { actions, value, onChange } = props;
  const t = useT();
  const plugins = new Map(
    (actions ?? []).map(({ permission, pluginId }) => [permission, pluginId]),
  );
  const options = [...plugins.keys()].sort((a, b) =>
    `${plugins.get(a)} ${a}`.localeCompare(`${plugins.get(b)} ${b}`),
  );
  return (
    <Autocomplete
      key={value}
      freeSolo
      autoSelect
      options={options}
      defaultValue={value}
      filterOptions={filterOptions}
      groupBy={permission => plugins.get(permission) ?? ''}
      renderOption={(attributes, permission) => (
        <li {...attributes} key={permission}>
          <Box>
            {actionTitle(permission)}
            <br />
            <Code>{permission}</Code>
          </Box>
        </li>
      )}
      onChange={(_, permission) => onChange(permission?.trim() ?? '')}
      renderInput={params => (
        <TextField
          {...params}
          label={t('explain.action')}
          helperText={
            value
              ? actionTitle(value)
              : t(actions ? 'explain.actionHelp' : 'explain.actionTyped')
          }
        />
      )}
    />
  );
}
