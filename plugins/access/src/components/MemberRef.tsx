import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useT } from '../hooks/useT';

/** A member of a role as the configuration names it: a user, a group, or everybody. */
export function MemberRef({ member }: { member: string }) {
  const t = useT();
  return member === '*' ? (
    <>{t('roles.everybody')}</>
  ) : (
    <EntityRefLink entityRef={member} underline="always" />
  );
}
