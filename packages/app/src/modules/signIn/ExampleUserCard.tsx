import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Chip from '@mui/material/Chip';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ExampleUser } from './ExampleUsersClient';
import { initials } from './initials';
import { signInTranslationRef } from './translation';

interface ExampleUserCardProps {
  user: ExampleUser;
  /** This user is being signed in. */
  busy: boolean;
  disabled: boolean;
  onChoose(user: ExampleUser): void;
}

/** One person who can be chosen, with what that person may do. */
export function ExampleUserCard(props: ExampleUserCardProps) {
  const { user, busy, disabled, onChoose } = props;
  const { t } = useTranslationRef(signInTranslationRef);

  return (
    <Card component="li" variant="outlined" sx={{ display: 'flex' }}>
      <CardActionArea
        data-testid={`example-user-${user.name}`}
        aria-busy={busy}
        disabled={disabled}
        onClick={() => onChoose(user)}
        sx={{
          p: 2,
          display: 'flex',
          flexDirection: 'column',
          alignItems: 'stretch',
          justifyContent: 'flex-start',
          gap: 1.5,
          '&.Mui-focusVisible': {
            outline: '3px solid',
            outlineColor: 'primary.main',
            outlineOffset: '-3px',
          },
        }}
      >
        <Stack direction="row" spacing={1.5} alignItems="center">
          <Avatar
            sx={{ bgcolor: 'primary.main', color: 'primary.contrastText' }}
            aria-hidden
          >
            {busy ? (
              <CircularProgress size={24} color="inherit" />
            ) : (
              initials(user.displayName)
            )}
          </Avatar>
          <Typography sx={{ fontWeight: 700, fontSize: 17 }}>
            {user.displayName}
          </Typography>
        </Stack>
        <Box>
          {user.jobTitle && (
            <Typography variant="body2">{user.jobTitle}</Typography>
          )}
          <Typography variant="body2" color="text.secondary">
            {user.teams.join(', ')}
          </Typography>
          <Stack direction="row" sx={{ mt: 1.5, flexWrap: 'wrap', gap: 0.75 }}>
            {(user.roles.length > 0
              ? user.roles
              : [t('exampleUsers.noRole')]
            ).map(role => (
              <Chip key={role} label={role} size="small" sx={{ m: 0 }} />
            ))}
          </Stack>
        </Box>
      </CardActionArea>
    </Card>
  );
}
