import { compatWrapper } from '@backstage/core-compat-api';
import { LegacyShell } from '@slipway/backstage-plugin-slipway-react';
import { AccessRouter } from '../pages/AccessRouter';

/** The pages under `/access`, with the APIs of the new system made from those of the old one. */
export function LegacyAccessPage() {
  return compatWrapper(
    <LegacyShell>
      <AccessRouter />
    </LegacyShell>,
  );
}
