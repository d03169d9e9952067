import Badge from '@mui/material/Badge';
import SailingIcon from '@mui/icons-material/Sailing';
import { visuallyHidden } from '@slipway/backstage-plugin-slipway-react';
import { useApprovals } from '../../hooks/useApprovals';
import { useT } from '../../hooks/useT';

const waitingForMe = { view: 'waitingForMe' as const, limit: 1 };

/**
 * The plugin's icon in the sidebar, with the number of approvals that wait for the person. Navigation items have no
 * place for a badge of their own, but their icon is an element that may read. Whoever may not read gets no number.
 */
export function DeliveryNavIcon() {
  const t = useT();
  const { data } = useApprovals(waitingForMe, { pollMs: 60_000 });
  const count = data?.page.totalItems ?? 0;
  const icon = <SailingIcon fontSize="inherit" />;
  if (count === 0) return icon;
  return (
    <>
      <Badge
        badgeContent={count}
        color="error"
        aria-hidden
        sx={{
          '& .MuiBadge-badge': {
            fontSize: 10,
            minWidth: 15,
            height: 15,
            px: 0.5,
          },
        }}
      >
        {icon}
      </Badge>
      <span style={visuallyHidden}>{t('nav.waiting', { count })}</span>
    </>
  );
}
