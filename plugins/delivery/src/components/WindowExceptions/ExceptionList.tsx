import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import type { WindowException } from '@slipway/backstage-plugin-delivery-common';
import {
  ActorLink,
  formatInstant,
  ReasonButton,
  ReasonDialog,
} from '@slipway/backstage-plugin-slipway-react';
import { deliveryApiRef } from '../../api/deliveryApi';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';
import { statusLine } from '../statusLine';
import { ExceptionWord } from './ExceptionWord';

/** Who may change what although a window closes: until when, why, who agreed, and the button that ends it. */
export function ExceptionList(props: {
  exceptions: readonly WindowException[];
  onEnded: () => void;
}) {
  const { exceptions, onEnded } = props;
  const t = useT();
  const api = useApi(deliveryApiRef);
  const links = useDeliveryLinks();
  const [ending, setEnding] = useState<WindowException>();
  return (
    <>
      <Box
        component="ul"
        aria-label={t('exceptions.title')}
        sx={{ m: 0, p: 0, listStyle: 'none', overflowWrap: 'anywhere' }}
      >
        {exceptions.map(one => {
          const permission = one.allowedActions.end;
          const decision = links.approval(one.id);
          return (
            <Box
              component="li"
              key={one.id}
              sx={{
                py: 1,
                borderTop: 1,
                borderColor: 'divider',
                '&:first-of-type': { borderTop: 0, pt: 0 },
              }}
            >
              <Box sx={statusLine}>
                <ExceptionWord exception={one} />
                <span>
                  <EntityRefLink entityRef={one.componentRef} hideIcon />{' '}
                  {t('exceptions.in')}{' '}
                  <EntityRefLink entityRef={one.environmentRef} hideIcon />
                  {': '}
                  {t('gates.windowTimes', {
                    start: formatInstant(one.from),
                    end: formatInstant(one.until),
                  })}
                </span>
              </Box>
              <div>
                {t('exceptions.through', {
                  windows: one.windows.map(({ title }) => title).join(', '),
                })}{' '}
                “{one.reason}”
              </div>
              <Box sx={{ ...statusLine, rowGap: 0.5, color: 'text.secondary' }}>
                <span>
                  {t('exceptions.askedBy')}{' '}
                  <ActorLink actor={one.requestedBy} />
                  {one.approvedBy.length > 0 && (
                    <>
                      {'; '}
                      {t('exceptions.approvedBy')}{' '}
                      {one.approvedBy.map((person, index) => (
                        <span key={person}>
                          {index > 0 && ', '}
                          <ActorLink actor={person} />
                        </span>
                      ))}
                    </>
                  )}
                </span>
                {decision && (
                  <Link to={decision}>{t('exceptions.decision')}</Link>
                )}
                {one.state === 'approved' && (
                  <ReasonButton
                    size="small"
                    variant="outlined"
                    reason={
                      permission?.allowed === false
                        ? (permission.reason ?? t('actions.notAllowed'))
                        : undefined
                    }
                    onClick={() => setEnding(one)}
                  >
                    {t('exceptions.end')}
                  </ReasonButton>
                )}
              </Box>
            </Box>
          );
        })}
      </Box>
      {ending && (
        <ReasonDialog
          title={t('exceptions.endTitle')}
          text={t('exceptions.endText')}
          submit={t('exceptions.end')}
          failed={t('exceptions.endFailed')}
          body={reason => ({ reason })}
          send={(body, options) =>
            api.endWindowException(ending.id, body, options)
          }
          onDone={() => {
            setEnding(undefined);
            onEnded();
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}
