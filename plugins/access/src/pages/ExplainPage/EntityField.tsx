import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useDeferredValue, useState } from 'react';
import useSWR from 'swr';

const nameOf = (entity: Entity) =>
  entity.metadata.title ?? entity.metadata.name;

/** An entity of the catalog, found by typing; may be left empty. The value is its reference. */
export function EntityField(props: {
  label: string;
  help: string;
  filter: Record<string, string>;
  value: string;
  onChange: (entityRef: string) => void;
}) {
  const { label, help, filter, value, onChange } = props;
  const catalog = useApi(catalogApiRef);
  const [typed, setTyped] = useState('');
  const term = useDeferredValue(typed);
  const { data: found = [], isLoading } = useSWR(
    ['access', 'entities', filter, term],
    async () => {
      const { items } = await catalog.queryEntities({
        filter,
        limit: 30,
        orderFields: { field: 'metadata.name', order: 'asc' },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
        ],
        ...(term && {
          fullTextFilter: { term, fields: ['metadata.name', 'metadata.title'] },
        }),
      });
      return items;
    },
    { keepPreviousData: true },
  );
  const { data: chosen } = useSWR(
    value ? ['access', 'entity', value] : null,
    () => catalog.getEntityByRef(value),
  );
  const titles = new Map(
    [...found, ...(chosen ? [chosen] : [])].map(entity => [
      stringifyEntityRef(entity),
      nameOf(entity),
    ]),
  );
  return (
    <Autocomplete
      options={found.map(entity => stringifyEntityRef(entity))}
      value={value || null}
      loading={isLoading}
      // The catalog has looked for it already.
      filterOptions={options => options}
      getOptionLabel={ref => titles.get(ref) ?? ref}
      isOptionEqualToValue={(a, b) => a === b}
      onInputChange={(_, text, reason) =>
        setTyped(reason === 'input' ? text : '')
      }
      onChange={(_, ref) => onChange(ref ?? '')}
      renderInput={params => (
        <TextField {...params} label={label} helperText={help} />
      )}
    />
  );
}
