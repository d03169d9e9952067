import { useRouteRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { AccessRule } from '@slipway/backstage-plugin-access-common';
import { Link } from 'react-router-dom';
import { Code } from '../../components/Code';
import { Conditions } from '../../components/Conditions';
import { useT } from '../../hooks/useT';
import { rootRouteRef } from '../../routes';

/** Roles that the person does not have and that would allow it: whom to ask. */
export function WouldAllow({ rules }: { rules: readonly AccessRule[] }) {
  const t = useT();
  const root = useRouteRef(rootRouteRef)?.() ?? '';
  return (
    <section>
      <Typography component="h4" sx={{ fontWeight: 600, mb: 1 }}>
        {t('explain.wouldAllow')}
      </Typography>
      <Box component="ul" sx={{ pl: 2.5, m: 0 }}>
        {rules.map(rule => (
          <li key={rule.source}>
            <MuiLink component={Link} underline="always" to={`${root}/roles`}>
              {rule.roleTitle}
            </MuiLink>
            : <Conditions conditions={rule.conditions} />{' '}
            <Code>{rule.source}</Code>
          </li>
        ))}
      </Box>
    </section>
  );
}
