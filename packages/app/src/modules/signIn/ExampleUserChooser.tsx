import type { IdentityApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ExampleUserCard } from './ExampleUserCard';
import { ExampleUserIdentity } from './ExampleUserIdentity';
import type { ExampleUser, ExampleUsersClient } from './ExampleUsersClient';
import { signInTranslationRef } from './translation';
import { useExampleUsers } from './useExampleUsers';

/** From this many people on there is a field to filter them. */
const MANY = 12;

interface ExampleUserChooserProps {
  client: ExampleUsersClient;
  onSignInSuccess(identity: IdentityApi): void;
  onError(error: Error): void;
}

/** The example users as cards; a click signs in. */
export function ExampleUserChooser(props: ExampleUserChooserProps) {
  const { client, onSignInSuccess, onError } = props;
  const { t } = useTranslationRef(signInTranslationRef);
  const { users, error, retry } = useExampleUsers(client);
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<string>();

  const choose = async ({ userEntityRef }: ExampleUser) => {
    setChosen(userEntityRef);
    try {
      const session = await client.signIn(userEntityRef);
      onSignInSuccess(new ExampleUserIdentity(client, session));
    } catch (cause) {
      setChosen(undefined);
      onError(toError(cause));
    }
  };

  const shown = users?.filter(user => matches(user, filter));

  return (
    <Stack component="section" spacing={2} aria-labelledby="example-users">
      <Box>
        <Typography
          id="example-users"
          component="h2"
          sx={{ fontSize: 20, fontWeight: 700 }}
        >
          {t('exampleUsers.heading')}
        </Typography>
        <Typography color="text.secondary">
          {t('exampleUsers.notice')}
        </Typography>
      </Box>

      {error && (
        <Alert
          severity="error"
          action={
            <Button color="inherit" onClick={retry}>
              {t('exampleUsers.retry')}
            </Button>
          }
        >
          {t('exampleUsers.listFailed', { reason: error.message })}
        </Alert>
      )}
      {!users && !error && (
        <CircularProgress aria-label={t('exampleUsers.loading')} />
      )}
      {users?.length === 0 && (
        <Stack direction="row" spacing={2} alignItems="center" role="status">
          <CircularProgress size={20} aria-hidden />
          <Typography>{t('exampleUsers.waiting')}</Typography>
        </Stack>
      )}
      {users && users.length >= MANY && (
        <TextField
          label={t('exampleUsers.filter')}
          value={filter}
          onChange={event => setFilter(event.target.value)}
          sx={{ maxWidth: 420 }}
        />
      )}
      {users && users.length > 0 && shown?.length === 0 && (
        <Typography role="status">{t('exampleUsers.noMatch')}</Typography>
      )}

      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          p: 0,
          m: 0,
          display: 'grid',
          gap: 2,
          gridTemplateColumns:
            'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
        }}
      >
        {shown?.map(user => (
          <ExampleUserCard
            key={user.userEntityRef}
            user={user}
            busy={chosen === user.userEntityRef}
            disabled={chosen !== undefined}
            onChoose={choose}
          />
        ))}
      </Box>
    </Stack>
  );
}

function matches(user: ExampleUser, filter: string): boolean {
  const wanted = filter.trim().toLocaleLowerCase();
  return [user.displayName, user.jobTitle ?? '', ...user.teams, ...user.roles]
    .join(' ')
    .toLocaleLowerCase()
    .includes(wanted);
}
