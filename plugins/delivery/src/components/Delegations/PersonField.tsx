import { useDeferredValue, useState } from 'react';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import useSWR from 'swr';
import { useT } from '../../hooks/useT';

interface Person {
  ref: string;
  name: string;
}

function personOf(entity: Entity): Person {
  const { profile } = (entity.spec ?? {}) as {
    profile?: { displayName?: string };
  };
  return {
    ref: stringifyEntityRef(entity),
    name: profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
  };
}

/** A person of the catalog, found by typing. */
export function PersonField(props: {
  value: Person | null;
  /** Who cannot be chosen. */
  except?: string;
  onChange: (person: Person | null) => void;
}) {
  const { value, except, onChange } = props;
  const t = useT();
  const catalog = useApi(catalogApiRef);
  const [typed, setTyped] = useState('');
  const term = useDeferredValue(typed);
  const { data: found = [], isLoading } = useSWR(
    ['delivery', 'people', term],
    async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind: 'user' },
        limit: 30,
        orderFields: { field: 'metadata.name', order: 'asc' },
        ...(term && {
          fullTextFilter: {
            term,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
      });
      return items.map(personOf);
    },
    { keepPreviousData: true },
  );
  return (
    <Autocomplete
      size="small"
      options={found.filter(person => person.ref !== except)}
      value={value}
      loading={isLoading}
      // The catalog has looked for it already.
      filterOptions={options => options}
      getOptionLabel={person => person.name}
      isOptionEqualToValue={(a, b) => a.ref === b.ref}
      renderOption={(attributes, person) => (
        <li {...attributes} key={person.ref}>
          {person.name}
        </li>
      )}
      onInputChange={(_, text, reason) =>
        setTyped(reason === 'input' ? text : '')
      }
      onChange={(_, person) => onChange(person)}
      sx={{ minWidth: 240 }}
      renderInput={params => (
        <TextField
          {...params}
          label={t('delegations.to')}
          helperText={t('delegations.toHelp')}
        />
      )}
    />
  );
}
