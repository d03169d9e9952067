import { useT } from '../hooks/useT';

/** What must hold for a rule to count. */
export function Conditions({ conditions }: { conditions: readonly string[] }) {
  const t = useT();
  return <>{conditions.length ? conditions.join('; ') : t('rules.always')}</>;
}
