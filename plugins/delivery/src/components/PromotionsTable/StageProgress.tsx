import Box from '@mui/material/Box';
import type { PromotionStage } from '@slipway/backstage-plugin-delivery-common';
import { visuallyHidden } from '@slipway/backstage-plugin-slipway-react';
import { useT } from '../../hooks/useT';
import { promotionStageLook } from '../Status';

/** How far a promotion is: its stages side by side, each with its state as a sign and, on hover, in words. */
export function StageProgress(props: {
  label: string;
  stages: readonly PromotionStage[];
}) {
  const t = useT();
  return (
    <Box
      component="ul"
      aria-label={props.label}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 1.5,
        m: 0,
        p: 0,
        listStyle: 'none',
      }}
    >
      {props.stages.map(({ name, title, status }) => {
        const { icon: Icon, tone } = promotionStageLook[status];
        const word = t(`promotionStage.${status}`);
        return (
          <Box
            component="li"
            key={name}
            title={word}
            sx={{
              position: 'relative',
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.5,
              whiteSpace: 'nowrap',
            }}
          >
            <Icon fontSize="small" color={tone} aria-hidden />
            {title}
            <span style={visuallyHidden}>: {word}</span>
          </Box>
        );
      })}
    </Box>
  );
}
