import { EmptyState } from '@slipway/backstage-plugin-slipway-react';
import { AccessShell } from '../../components/AccessShell';
import { ReadOrRefused } from '../../components/ReadOrRefused';
import { useRoles } from '../../hooks/useAccess';
import { useT } from '../../hooks/useT';
import { RolePanel } from './RolePanel';

/** Every role: who has it, and what it allows under which conditions. */
export function RolesPage() {
  const t = useT();
  return (
    <AccessShell view="roles">
      <ReadOrRefused
        query={useRoles()}
        isEmpty={roles => roles.length === 0}
        empty={
          <EmptyState
            title={t('roles.none')}
            description={t('roles.noneHelp')}
          />
        }
      >
        {roles => roles.map(role => <RolePanel key={role.name} role={role} />)}
      </ReadOrRefused>
    </AccessShell>
  );
}
