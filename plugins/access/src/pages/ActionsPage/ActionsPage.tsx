import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Box from '@mui/material/Box';
import {
  EmptyState,
  Loaded,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { AccessShell } from '../../components/AccessShell';
import { actionTitle } from '../../components/actionTitle';
import { FilterField } from '../../components/FilterField';
import { useActions } from '../../hooks/useAccess';
import { useT } from '../../hooks/useT';
import { ActionsTable } from './ActionsTable';

const defaults = { filter: '', plugin: '' };

/** Everything that can be done in the portal, with who may. */
export function ActionsPage() {
  const t = useT();
  const actions = useActions();
  const [{ filter, plugin }, setState] = useUrlState(defaults);
  const sought = filter.trim().toLowerCase();
  const plugins = [
    ...new Set((actions.data ?? []).map(({ pluginId }) => pluginId)),
  ].sort();
  return (
    <AccessShell view="actions">
      <Panel
        title={t('page.actions')}
        flush
        actions={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <TextField
              select
              size="small"
              label={t('actions.plugin')}
              value={plugins.includes(plugin) ? plugin : ''}
              onChange={event => setState({ plugin: event.target.value })}
              SelectProps={{ displayEmpty: true }}
              InputLabelProps={{ shrink: true }}
              sx={{ minWidth: 160 }}
            >
              <MenuItem value="">{t('actions.all')}</MenuItem>
              {plugins.map(one => (
                <MenuItem key={one} value={one}>
                  {one}
                </MenuItem>
              ))}
            </TextField>
            <FilterField
              label={t('actions.filter')}
              value={filter}
              onChange={value => setState({ filter: value })}
            />
          </Box>
        }
      >
        <Loaded query={actions} errorTitle={t('page.failed')}>
          {all => {
            const found = all.filter(
              ({ permission, pluginId }) =>
                (!plugin || pluginId === plugin) &&
                [permission, actionTitle(permission)].some(text =>
                  text.toLowerCase().includes(sought),
                ),
            );
            return found.length > 0 ? (
              <ActionsTable actions={found} />
            ) : (
              <EmptyState
                title={t('actions.none')}
                description={t('page.noMatch')}
              />
            );
          }}
        </Loaded>
      </Panel>
    </AccessShell>
  );
}
