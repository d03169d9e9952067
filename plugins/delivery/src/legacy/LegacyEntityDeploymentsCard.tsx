import { compatWrapper } from '@backstage/core-compat-api';
import { EntityDeploymentsCard } from '../components/EntityDeploymentsCard';

/** See `EntityDeploymentsCard`. */
export function LegacyEntityDeploymentsCard() {
  return compatWrapper(<EntityDeploymentsCard />);
}
