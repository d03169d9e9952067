import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link, useLocation } from 'react-router-dom';
import { useDeliveryLinks } from '../../hooks/useDeliveryLinks';
import { useT } from '../../hooks/useT';

/** Links between the plugin's pages, beside the title of each. */
export function DeliveryNav() {
  const t = useT();
  const links = useDeliveryLinks();
  const { pathname } = useLocation();
  const pages = [
    { to: links.root, title: t('matrix.pageTitle') },
    { to: links.rollouts, title: t('rollouts.title') },
    { to: links.promotions, title: t('promotions.title') },
    { to: links.approvals, title: t('approvals.title') },
    { to: links.pipelines, title: t('pipelines.title') },
    { to: links.calendar, title: t('calendar.title') },
  ];
  return (
    <Box
      component="nav"
      aria-label={t('nav.label')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {pages.map(({ to, title }) => {
        if (!to) return null;
        const isCurrent = pathname.replace(/\/$/, '') === to;
        return (
          <Button
            key={to}
            component={Link}
            to={to}
            size="small"
            variant={isCurrent ? 'contained' : 'outlined'}
            aria-current={isCurrent ? 'page' : undefined}
          >
            {title}
          </Button>
        );
      })}
    </Box>
  );
}
