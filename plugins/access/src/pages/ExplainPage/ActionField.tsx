import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { AccessAction } from '@slipway/backstage-plugin-access-common';
import { actionTitle } from '../../components/actionTitle';
import { Code } from '../../components/Code';
import { useT } from '../../hooks/useT';

const filterOptions = createFilterOptions<AccessAction>({
  limit: 100,
  stringify: ({ permission }) => `${actionTitle(permission)} ${permission}`,
});

/** Something that can be done. */
export function ActionField(props: {
  /** Nothing while they are being read. */
  actions: readonly AccessAction[] | undefined;
  value: string;
  onChange: (permission: string) => void;
}) {
  const { actions = [], value, onChange } = props;
  const t = useT();
  const known = actions.find(({ permission }) => permission === value);
  // One of a plugin that is gone, or not read yet.
  const chosen = known ?? { permission: value, pluginId: '' };
  const options = known || !value ? actions : [chosen, ...actions];
  return (
    <Autocomplete
      options={options}
      value={value ? chosen : null}
      // What is typed before the actions arrive would be lost with them.
      disabled={!props.actions}
      filterOptions={filterOptions}
      groupBy={({ pluginId }) => pluginId}
      getOptionLabel={({ permission }) => actionTitle(permission)}
      isOptionEqualToValue={(a, b) => a.permission === b.permission}
      renderOption={(attributes, { permission }) => (
        <li {...attributes} key={permission}>
          <Box>
            {actionTitle(permission)}
            <br />
            <Code>{permission}</Code>
          </Box>
        </li>
      )}
      onChange={(_, action) => onChange(action?.permission ?? '')}
      renderInput={params => (
        <TextField
          {...params}
          label={t('explain.action')}
          helperText={value || t('explain.actionHelp')}
        />
      )}
    />
  );
}
