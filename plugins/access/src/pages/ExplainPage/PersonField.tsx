import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { AccessPerson } from '@slipway/backstage-plugin-access-common';
import { useT } from '../../hooks/useT';

// As many as anybody would scroll through; typing finds the others.
const filterOptions = createFilterOptions<AccessPerson>({
  limit: 50,
  stringify: person => `${person.displayName} ${person.userEntityRef}`,
});

/** One of those whom the reader may ask about. */
export function PersonField(props: {
  /** Nothing while they are being read. */
  people: readonly AccessPerson[] | undefined;
  value: string;
  onChange: (userEntityRef: string) => void;
}) {
  const { people = [], value, onChange } = props;
  const t = useT();
  const known = people.find(({ userEntityRef }) => userEntityRef === value);
  // Somebody whom the list does not have, or not yet.
  const chosen = known ?? {
    userEntityRef: value,
    displayName: value,
    roles: [],
  };
  return (
    <Autocomplete
      disableClearable
      options={known ? people : [chosen, ...people]}
      value={chosen}
      // What is typed before the names arrive would be lost with them.
      disabled={
        !props.people ||
        !value ||
        (people.length === 1 && people[0].userEntityRef === value)
      }
      filterOptions={filterOptions}
      getOptionLabel={person => person.displayName}
      isOptionEqualToValue={(a, b) => a.userEntityRef === b.userEntityRef}
      renderOption={(attributes, person) => (
        <li {...attributes} key={person.userEntityRef}>
          {person.displayName}
        </li>
      )}
      onChange={(_, person) => onChange(person.userEntityRef)}
      renderInput={params => (
        <TextField {...params} label={t('explain.person')} />
      )}
    />
  );
}
