import { useRouteRef } from '@backstage/frontend-plugin-api';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TablePagination from '@mui/material/TablePagination';
import TableRow from '@mui/material/TableRow';
import type { AccessAction } from '@slipway/backstage-plugin-access-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { Link } from 'react-router-dom';
import MuiLink from '@mui/material/Link';
import { actionTitle } from '../../components/actionTitle';
import { Code } from '../../components/Code';
import { Conditions } from '../../components/Conditions';
import { usePaged } from '../../hooks/usePaged';
import { useT } from '../../hooks/useT';
import { rootRouteRef } from '../../routes';

/** Actions as rows, each with the roles that allow it. */
export function ActionsTable({
  actions,
}: {
  actions: readonly AccessAction[];
}) {
  const t = useT();
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  const { shown, paging } = usePaged(actions);
  return (
    <>
      <ScrollTable label={t('page.actions')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('actions.action')}</TableCell>
            <TableCell>{t('actions.plugin')}</TableCell>
            <TableCell>{t('actions.allowedTo')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map(({ permission, pluginId, rules }) => (
            <TableRow key={permission} hover>
              <TableCell component="th" scope="row">
                <MuiLink
                  component={Link}
                  to={`${root}?action=${encodeURIComponent(permission)}`}
                >
                  {actionTitle(permission)}
                </MuiLink>
                <br />
                <Code>{permission}</Code>
              </TableCell>
              <TableCell>{pluginId}</TableCell>
              <TableCell>
                {rules ? null : t('actions.hidden')}
                {rules?.length === 0 && t('actions.nobody')}
                {rules?.map(rule => (
                  <div key={rule.source}>
                    {rule.roleTitle}:{' '}
                    <Conditions conditions={rule.conditions} />
                  </div>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
      <TablePagination component="div" {...paging} />
    </>
  );
}
