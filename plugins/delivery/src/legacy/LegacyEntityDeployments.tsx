import { compatWrapper } from '@backstage/core-compat-api';
import { EntityDeploymentsPage } from '../pages/EntityDeploymentsPage';

/** See `EntityDeploymentsPage`. */
export function LegacyEntityDeployments() {
  return compatWrapper(<EntityDeploymentsPage />);
}
