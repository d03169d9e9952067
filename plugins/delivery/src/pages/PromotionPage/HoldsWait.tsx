import { Fragment } from 'react';
import Box from '@mui/material/Box';
import type { Promotion } from '@slipway/backstage-plugin-delivery-common';
import { Loaded } from '@slipway/backstage-plugin-slipway-react';
import { HoldView } from '../../components/Holds';
import { useHolds } from '../../hooks/useHolds';
import { useT } from '../../hooks/useT';

/** What holds automatic promotion in the stages that are held, with the button that ends it. */
export function HoldsWait({ promotion }: { promotion: Promotion }) {
  const t = useT();
  const query = useHolds();
  const held = promotion.stages.filter(({ status }) => status === 'onHold');
  return (
    <Loaded query={query} errorTitle={t('holds.failed')}>
      {holds => {
        const shown = held.flatMap(stage =>
          promotion.items.flatMap(item =>
            holds
              .filter(
                hold =>
                  hold.active &&
                  hold.componentRef === item.componentRef &&
                  hold.environmentRef === stage.environmentRef,
              )
              .map(hold => ({
                hold,
                words: {
                  component: item.componentTitle,
                  environment: stage.environmentName,
                },
              })),
          ),
        );
        if (shown.length === 0) return <div>{t('promotion.noHold')}</div>;
        return (
          <Box component="dl" sx={{ m: 0 }}>
            {shown.map(({ hold, words }) => (
              <Fragment key={hold.id}>
                <Box component="dt" sx={{ fontWeight: 600 }}>
                  {t('promotion.waitingRollout', words)}
                </Box>
                <Box component="dd" sx={{ m: 0, mb: 1 }}>
                  <HoldView hold={hold} words={words} />
                </Box>
              </Fragment>
            ))}
          </Box>
        );
      }}
    </Loaded>
  );
}
