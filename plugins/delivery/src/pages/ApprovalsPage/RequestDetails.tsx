import Box from '@mui/material/Box';
import type { ApprovalRequest } from '@slipway/backstage-plugin-delivery-common';
import { useT } from '../../hooks/useT';

/** The facts of a request as a table; what is no text stands as JSON. */
export function RequestDetails(props: {
  details: NonNullable<ApprovalRequest['details']>;
}) {
  const t = useT();
  return (
    <Box
      component="table"
      aria-label={t('approvals.request.details')}
      sx={{
        width: '100%',
        borderCollapse: 'collapse',
        '& th, & td': {
          textAlign: 'left',
          verticalAlign: 'top',
          py: 0.5,
          pr: 2,
          overflowWrap: 'anywhere',
          borderTop: 1,
          borderColor: 'divider',
        },
      }}
    >
      <tbody>
        {Object.entries(props.details).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}
