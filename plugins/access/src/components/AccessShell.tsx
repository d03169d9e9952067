import type { ReactNode } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { PageShell } from '@slipway/backstage-plugin-slipway-react';
import { Link } from 'react-router-dom';
import { useT } from '../hooks/useT';
import { rootRouteRef } from '../routes';

const views = ['explain', 'people', 'roles', 'actions'] as const;

/** The frame of the four views, with the way from one to another. */
export function AccessShell(props: {
  view: (typeof views)[number];
  children: ReactNode;
}) {
  const { view, children } = props;
  const t = useT();
  const root = useRouteRef(rootRouteRef)?.() ?? '/access';
  return (
    <PageShell
      title={t('page.title')}
      breadcrumb={view === 'explain' ? undefined : t(`page.${view}`)}
    >
      <Box component="nav" aria-label={t('page.views')} sx={{ mb: 2 }}>
        <Tabs value={view} variant="scrollable" role="presentation">
          {views.map(one => (
            <Tab
              key={one}
              value={one}
              label={t(`page.${one}`)}
              component={Link}
              to={one === 'explain' ? root : `${root}/${one}`}
              role="link"
              aria-selected={undefined}
              aria-current={one === view ? 'page' : undefined}
              tabIndex={0}
            />
          ))}
        </Tabs>
      </Box>
      {children}
    </PageShell>
  );
}
