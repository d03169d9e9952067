import { compatWrapper } from '@backstage/core-compat-api';
import { LegacyShell } from '@slipway/backstage-plugin-slipway-react';
import { DeliveryRouter } from '../pages/DeliveryRouter';

/** The pages under `/delivery`, with the APIs of the new system made from those of the old one. */
export function LegacyDeliveryPage() {
  return compatWrapper(
    <LegacyShell>
      <DeliveryRouter />
    </LegacyShell>,
  );
}
