import type { ReactNode } from 'react';
import { Content, Header, Page } from '@backstage/core-components';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocation } from 'react-router-dom';
import { TextRoot } from '../TextRoot/TextRoot';
import { useLegacyShell } from './LegacyShell';

/**
 * The frame of a page. In the new frontend system the portal draws the header above it; apps on the old system get
 * theirs from here.
 *
 * @public
 */
export function PageShell(props: {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** Only where the page is not the plugin's first. */
  breadcrumb?: string;
  children: ReactNode;
}) {
  const { title, actions, breadcrumb, children } = props;
  const isLegacy = useLegacyShell();
  const { pathname } = useLocation();
  if (isLegacy) {
    return (
      <Page themeId="tool">
        <Header title={title}>{actions}</Header>
        <Content>
          <TextRoot>{children}</TextRoot>
        </Content>
      </Page>
    );
  }
  const page = (
    <Box component="main" sx={{ px: { xs: 2, sm: 3 }, pb: 3 }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 1,
          mb: 2,
        }}
      >
        <Typography
          component="h2"
          sx={{ fontSize: 26, fontWeight: 700, m: 0, overflowWrap: 'anywhere' }}
        >
          {title}
        </Typography>
        {actions}
      </Box>
      <TextRoot>{children}</TextRoot>
    </Box>
  );
  return breadcrumb ? (
    <BreadcrumbEntry entry={{ label: breadcrumb, href: pathname }}>
      {page}
    </BreadcrumbEntry>
  ) : (
    page
  );
}
