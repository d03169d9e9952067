import { useTheme } from '@mui/material/styles';
import type { Measurement } from '@slipway/backstage-plugin-delivery-common';

export interface ChartColors {
  axis: string;
  grid: string;
  line: string;
  limit: string;
  verdicts: Record<Measurement['verdict'], string>;
}

/** The colours of all charts, from the theme, so that light and dark both keep their contrast. */
export function useChartColors(): ChartColors {
  const { palette } = useTheme();
  return {
    axis: palette.text.secondary,
    grid: palette.divider,
    line: palette.mode === 'dark' ? palette.info.light : palette.info.dark,
    limit: palette.error.main,
    verdicts: {
      successful: palette.success.main,
      failed: palette.error.main,
      inconclusive: palette.warning.main,
      error: palette.warning.main,
    },
  };
}
