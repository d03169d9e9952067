import {
  EmptyState,
  Panel,
  useUrlState,
} from '@slipway/backstage-plugin-slipway-react';
import { AccessShell } from '../../components/AccessShell';
import { FilterField } from '../../components/FilterField';
import { ReadOrRefused } from '../../components/ReadOrRefused';
import { usePeople } from '../../hooks/useAccess';
import { useT } from '../../hooks/useT';
import { PeopleTable } from './PeopleTable';

const defaults = { filter: '' };

/** Everybody, with the roles that count for them and why. */
export function PeoplePage() {
  const t = useT();
  const people = usePeople();
  const [{ filter }, setState] = useUrlState(defaults);
  const sought = filter.trim().toLowerCase();
  return (
    <AccessShell view="people">
      <Panel
        title={t('page.people')}
        flush
        actions={
          <FilterField
            label={t('people.filter')}
            value={filter}
            onChange={value => setState({ filter: value })}
          />
        }
      >
        <ReadOrRefused query={people}>
          {everybody => {
            const found = everybody.filter(
              ({ displayName, roles, ...person }) =>
                [
                  displayName,
                  person.userEntityRef,
                  ...roles.map(({ title }) => title),
                ].some(text => text.toLowerCase().includes(sought)),
            );
            return found.length > 0 ? (
              <PeopleTable people={found} />
            ) : (
              <EmptyState
                title={t('people.none')}
                description={t(sought ? 'page.noMatch' : 'people.noneHelp')}
              />
            );
          }}
        </ReadOrRefused>
      </Panel>
    </AccessShell>
  );
}
