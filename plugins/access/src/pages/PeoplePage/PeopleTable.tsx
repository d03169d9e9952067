import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TablePagination from '@mui/material/TablePagination';
import TableRow from '@mui/material/TableRow';
import type { AccessPerson } from '@slipway/backstage-plugin-access-common';
import {
  ButtonLink,
  ScrollTable,
} from '@slipway/backstage-plugin-slipway-react';
import { MemberRef } from '../../components/MemberRef';
import { usePaged } from '../../hooks/usePaged';
import { useT } from '../../hooks/useT';
import { rootRouteRef } from '../../routes';

/** People as rows, each with the way to what they may do. */
export function PeopleTable({ people }: { people: readonly AccessPerson[] }) {
  const t = useT();
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { shown, paging } = usePaged(people);
  return (
    <>
      <ScrollTable label={t('page.people')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('people.person')}</TableCell>
            <TableCell>{t('people.roles')}</TableCell>
            <TableCell>{t('people.what')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map(({ userEntityRef, displayName, roles }) => (
            <TableRow key={userEntityRef} hover>
              <TableCell component="th" scope="row">
                <EntityRefLink entityRef={userEntityRef} title={displayName} />
              </TableCell>
              <TableCell>
                {roles.length === 0 && t('people.noRole')}
                {roles.map(role => (
                  <div key={role.name}>
                    {role.title} ({t('roles.through')}{' '}
                    <MemberRef member={role.through} />)
                  </div>
                ))}
              </TableCell>
              <TableCell>
                <ButtonLink
                  size="small"
                  to={`${root}?user=${encodeURIComponent(userEntityRef)}`}
                >
                  {t('people.ask', { person: displayName })}
                </ButtonLink>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      <TablePagination component="div" {...paging} />
    </>
  );
}
