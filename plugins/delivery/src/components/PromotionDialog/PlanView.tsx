import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { PromotionPlan } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';
import { ReleaseLabel } from '../ReleaseLabel';
import { shortDigest } from '../shortDigest';
import { TierChip } from '../TierChip';

const heading = { fontSize: 14, fontWeight: 600, mt: 1.5 };
const numbered = { m: 0, pl: 3, '& > li': { overflowWrap: 'anywhere' } };

/** What a promotion would do: which stages, in which order, and what runs there already. */
export function PlanView({ plan }: { plan: PromotionPlan }) {
  const t = useT();
  const { pipeline, items, stages } = plan;
  const titles = new Map(
    items.map(one => [one.componentRef, one.componentTitle]),
  );
  const titlesOf = (refs: readonly string[]) =>
    refs.map(ref => titles.get(ref) ?? ref).join(', ');
  return (
    <Box sx={{ typography: 'body2' }}>
      <div>
        {t('pipeline.inForce', { title: pipeline.title })}{' '}
        <code title={pipeline.digest}>{shortDigest(pipeline.digest)}</code>
      </div>
      {items.some(({ after }) => after.length > 0) && (
        <>
          <Typography component="h4" sx={heading}>
            {t('promote.order')}
          </Typography>
          <Box component="ol" aria-label={t('promote.order')} sx={numbered}>
            {items.map(one => (
              <li key={one.componentRef}>
                {one.componentTitle} <ReleaseLabel release={one.release} />
                {one.after.length > 0 && (
                  <>
                    {', '}
                    {t('promote.after', { components: titlesOf(one.after) })}
                  </>
                )}
              </li>
            ))}
          </Box>
        </>
      )}
      <Typography component="h4" sx={heading}>
        {t('promotion.stages')}
      </Typography>
      <Box component="ol" aria-label={t('promotion.stages')} sx={numbered}>
        {stages.map(stage => (
          <li key={stage.name}>
            <Box
              component="span"
              sx={{ display: 'inline-flex', alignItems: 'center', gap: 1 }}
            >
              <strong>{stage.title}</strong>
              {stage.environmentName !== stage.title && stage.environmentName}
              <TierChip tier={stage.tier} />
            </Box>
            <div>{t(`stagePolicy.onFailure.${stage.onFailure}`)}</div>
            {stage.runs.length > 0 && (
              <div>
                {t('promote.runsAlready', { components: titlesOf(stage.runs) })}
              </div>
            )}
          </li>
        ))}
      </Box>
    </Box>
  );
}
