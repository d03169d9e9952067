import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { AccessRule } from '@slipway/backstage-plugin-access-common';
import { ScrollTable } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../hooks/useT';
import { actionTitle } from './actionTitle';
import { Code } from './Code';
import { Conditions } from './Conditions';

/** The rules of one role. */
export function RulesTable(props: {
  label: string;
  rules: readonly AccessRule[];
}) {
  const { label, rules } = props;
  const t = useT();
  return (
    <ScrollTable label={label}>
      <TableHead>
        <TableRow>
          <TableCell>{t('rules.permissions')}</TableCell>
          <TableCell>{t('rules.conditions')}</TableCell>
          <TableCell>{t('rules.source')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rules.map(rule => (
          <TableRow key={rule.source}>
            <TableCell>
              {rule.permissions.map(permission => (
                <Box key={permission} sx={{ mb: 0.75 }}>
                  {permission.includes('*') ? null : actionTitle(permission)}{' '}
                  <Code>{permission}</Code>
                </Box>
              ))}
            </TableCell>
            <TableCell>
              <Conditions conditions={rule.conditions} />
            </TableCell>
            <TableCell>
              <Code>{rule.source}</Code>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
