import { useDeferredValue, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import useSWR from 'swr';
import { describeError } from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useT } from '../../hooks/useT';
import type { ChosenComponent } from './chosenComponent';

/** Components that are offered at once; typing finds the others. */
const MOST_OFFERED = 10;
/** Releases among which the newest that is not rejected is looked for. */
const NEWEST_RELEASES = 10;

/** Adds components of the catalog to the set, each with its newest release that may go anywhere. */
export function ComponentPicker(props: {
  /** References of those that are in the set already. */
  except: ReadonlySet<string>;
  onPick: (component: ChosenComponent) => void;
}) {
  const { except, onPick } = props;
  const t = useT();
  const catalog = useApi(catalogApiRef);
  const api = useApi(deliveryApiRef);
  const [typed, setTyped] = useState('');
  const term = useDeferredValue(typed.trim());
  const {
    data: found = [],
    error,
    isLoading,
  } = useSWR(
    ['delivery', 'promotable', term],
    async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind: 'component' },
        limit: MOST_OFFERED,
        orderFields: { field: 'metadata.name', order: 'asc' },
        ...(term && {
          fullTextFilter: {
            term,
            fields: ['metadata.name', 'metadata.title'],
          },
        }),
      });
      return Promise.all(
        items.map(async entity => {
          const ref = stringifyEntityRef(entity);
          const releases = await api.listReleases({
            componentRef: ref,
            limit: NEWEST_RELEASES,
          });
          return {
            ref,
            title: entity.metadata.title ?? entity.metadata.name,
            releaseId: releases.items.find(one => !one.rejection)?.id,
          };
        }),
      );
    },
    { keepPreviousData: true },
  );
  return (
    <Autocomplete
      size="small"
      options={found.filter(one => !except.has(one.ref))}
      value={null}
      inputValue={typed}
      loading={isLoading}
      // The catalog has looked for it already.
      filterOptions={options => options}
      getOptionLabel={one => one.title}
      getOptionDisabled={one => !one.releaseId}
      renderOption={(attributes, one) => (
        <li {...attributes} key={one.ref}>
          {one.releaseId
            ? one.title
            : t('promote.noRelease', { component: one.title })}
        </li>
      )}
      onInputChange={(_, text, reason) =>
        setTyped(reason === 'input' ? text : '')
      }
      onChange={(_, one) => {
        if (one?.releaseId) onPick({ ...one, releaseId: one.releaseId });
      }}
      renderInput={params => (
        <TextField
          {...params}
          label={t('promote.add')}
          error={Boolean(error)}
          helperText={
            error
              ? `${t('promote.searchFailed')}: ${describeError(error).message}`
              : t('promote.addHelp')
          }
        />
      )}
    />
  );
}
