import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { LogoMark } from './LogoMark';

/** The logo with the name next to it. */
export function LogoFull() {
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5 }}
    >
      <LogoMark />
      <Typography
        component="span"
        sx={{ fontSize: 22, fontWeight: 700, letterSpacing: '-0.01em' }}
      >
        Slipway
      </Typography>
    </Box>
  );
}
