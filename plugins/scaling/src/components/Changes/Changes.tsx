import { useState } from 'react';
import Box from '@mui/material/Box';
import type {
  ScalingChange,
  ScalingTarget,
} from '@slipway/backstage-plugin-scaling-common';
import { Loaded, ReasonButton } from '@slipway/backstage-plugin-slipway-react';
import { useScalingQuery } from '../../hooks/useScalingQuery';
import { useT } from '../../hooks/useT';
import { ChangeList } from './ChangeList';
import { EndDialog } from './EndDialog';
import { isMoving } from './changeWords';
import { PolicyDialog } from './PolicyDialog';
import { ScaleDialog } from './ScaleDialog';

const shown = 5;
/** How often what goes on by itself is looked at. */
const soonMs = 2000;

/** Who changed how many replicas there are, until when, and the way to do so oneself. */
export function Changes({ target }: { target: ScalingTarget }) {
  const t = useT();
  const [scales, setScales] = useState(false);
  const [governs, setGoverns] = useState(false);
  const [ending, setEnding] = useState<ScalingChange>();
  const [moving, setMoving] = useState(false);
  const changes = useScalingQuery(
    ['changes', target.id],
    async api => {
      const [{ items }, options] = await Promise.all([
        api.listChanges({ targetId: target.id, limit: shown }),
        api.getOptions(target.id),
      ]);
      setMoving(items.some(isMoving));
      return { items, options };
    },
    moving ? soonMs : undefined,
  );
  const done = () => {
    setScales(false);
    setGoverns(false);
    setEnding(undefined);
    changes.retry();
  };
  return (
    <Loaded
      query={changes}
      errorTitle={t('changes.unread')}
      isEmpty={() => false}
      empty={null}
    >
      {({ items, options }) => {
        const { applyPolicy, scale } = options.allowedActions;
        return (
          <>
            <ChangeList items={items} onEnd={setEnding} />
            <Box sx={{ mt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>
              <ReasonButton
                variant="outlined"
                size="small"
                reason={scale?.allowed ? undefined : scale?.reason}
                onClick={() => setScales(true)}
              >
                {t('changes.scale')}
              </ReasonButton>
              <ReasonButton
                variant="outlined"
                size="small"
                reason={applyPolicy?.allowed ? undefined : applyPolicy?.reason}
                onClick={() => setGoverns(true)}
              >
                {t('changes.setPolicy')}
              </ReasonButton>
            </Box>
            {scales && (
              <ScaleDialog
                target={target}
                options={options}
                onDone={done}
                onClose={() => setScales(false)}
              />
            )}
            {governs && (
              <PolicyDialog
                target={target}
                onDone={done}
                onClose={() => setGoverns(false)}
              />
            )}
            {ending && (
              <EndDialog
                change={ending}
                onDone={done}
                onClose={() => setEnding(undefined)}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
