import { compatWrapper } from '@backstage/core-compat-api';
import { LegacyShell } from '@slipway/backstage-plugin-slipway-react';
import { ScalingPage } from '../pages/ScalingPage';

/** See `ScalingPage`. */
export function LegacyScalingPage() {
  return compatWrapper(
    <LegacyShell>
      <ScalingPage />
    </LegacyShell>,
  );
}
