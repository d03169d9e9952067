import { useTheme } from '@mui/material/styles';

/** Colours that are told apart, and from the ground, in both themes. */
export function useChartColours() {
  const { palette } = useTheme();
  const shade = palette.mode === 'dark' ? 'light' : 'dark';
  return {
    recorded: palette.info[shade],
    other: palette.warning[shade],
    demand: palette.text.secondary,
    limit: palette.error[shade],
  };
}
