import { compatWrapper } from '@backstage/core-compat-api';
import { EntityScalingPage } from '../pages/EntityScalingPage';

/** See `EntityScalingPage`. */
export function LegacyEntityScaling() {
  return compatWrapper(<EntityScalingPage />);
}
