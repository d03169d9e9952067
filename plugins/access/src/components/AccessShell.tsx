import type { ReactNode } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
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
      <Tabs
        value={view}
        variant="scrollable"
        aria-label={t('page.views')}
        sx={{ mb: 2 }}
      >
        {views.map(one => (
          <Tab
            key={one}
            value={one}
            label={t(`page.${one}`)}
            component={Link}
            to={one === 'explain' ? root : `${root}/${one}`}
          />
        ))}
      </Tabs>
      {children}
    </PageShell>
  );
}
