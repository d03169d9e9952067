import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { LogoFull } from '../../components/LogoFull';
import { LogoMark } from '../../components/LogoMark';

/** The logo at the top of the sidebar, with the name next to it while the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Box
      sx={{
        width: '100%',
        height: 72,
        pl: `${sidebarConfig.iconPadding - 4}px`,
        display: 'flex',
        alignItems: 'center',
        flexShrink: 0,
        color: 'common.white',
      }}
    >
      <Link to="/" underline="none" aria-label="Slipway home" color="inherit">
        {isOpen ? <LogoFull /> : <LogoMark />}
      </Link>
    </Box>
  );
}
