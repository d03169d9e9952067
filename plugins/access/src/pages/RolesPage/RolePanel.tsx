import { Fragment } from 'react';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import type { AccessRole } from '@slipway/backstage-plugin-access-common';
import { Panel } from '@slipway/backstage-plugin-slipway-react';
import { MemberRef } from '../../components/MemberRef';
import { RulesTable } from '../../components/RulesTable';
import { useT } from '../../hooks/useT';

const LONGEST_LIST = 50;

/** One role. */
export function RolePanel({ role }: { role: AccessRole }) {
  const t = useT();
  const { title, description, members, people, rules } = role;
  return (
    <Panel title={title} flush>
      <Box sx={{ px: 2, pb: 2, display: 'grid', gap: 0.5, maxWidth: '80ch' }}>
        {description && <div>{description}</div>}
        <div>
          <strong>{t('roles.members')}</strong>{' '}
          {members.map((member, index) => (
            <Fragment key={member}>
              {index > 0 && ', '}
              <MemberRef member={member} />
            </Fragment>
          ))}
        </div>
        <Box component="details">
          <summary>{t('roles.people', { count: people.length })}</summary>
          {people.slice(0, LONGEST_LIST).map((person, index) => (
            <Fragment key={person}>
              {index > 0 && ', '}
              <EntityRefLink entityRef={person} underline="always" />
            </Fragment>
          ))}
          {people.length > LONGEST_LIST &&
            ` ${t('roles.more', { count: people.length - LONGEST_LIST })}`}
        </Box>
      </Box>
      <RulesTable label={t('rules.of', { role: title })} rules={rules} />
    </Panel>
  );
}
