import { Progress } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { LogoMark } from '../../components/LogoMark';
import { ExampleUserChooser } from './ExampleUserChooser';
import { ProviderButton } from './ProviderButton';
import { signInTranslationRef } from './translation';
import { useResumedSession } from './useResumedSession';
import { useSignInMethods } from './useSignInMethods';

/** What people see before they are signed in. Goes on by itself for whoever was signed in before. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const { t } = useTranslationRef(signInTranslationRef);
  const appTitle = useApi(configApiRef).getOptionalString('app.title') ?? '';
  const { exampleUsers, providers, waysToResume } = useSignInMethods();
  const [problem, setProblem] = useState<string>();
  const resuming = useResumedSession(waysToResume, onSignInSuccess);

  if (resuming) {
    return <Progress />;
  }

  const fail = (error: Error) =>
    setProblem(t('failed', { reason: error.message }));

  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        bgcolor: 'background.default',
        color: 'text.primary',
        px: { xs: 2, sm: 4 },
        py: { xs: 4, md: 8 },
      }}
    >
      <Stack
        spacing={4}
        sx={{ maxWidth: exampleUsers ? 1120 : 420, mx: 'auto' }}
      >
        <Stack direction="row" spacing={2} alignItems="center">
          <LogoMark sx={{ fontSize: 44, color: 'primary.main' }} />
          <Typography component="h1" sx={{ fontSize: 30, fontWeight: 700 }}>
            {t('title', { app: appTitle })}
          </Typography>
        </Stack>

        {problem && <Alert severity="error">{problem}</Alert>}
        {waysToResume.length === 0 && (
          <Alert severity="error">{t('nothingConfigured')}</Alert>
        )}

        {exampleUsers && (
          <ExampleUserChooser
            client={exampleUsers}
            onSignInSuccess={onSignInSuccess}
            onError={fail}
          />
        )}
        {exampleUsers && providers.length > 0 && (
          <Divider>{t('providers.or')}</Divider>
        )}
        {providers.length > 0 && (
          <Stack spacing={2} sx={{ maxWidth: 420 }}>
            {providers.map(({ id, authApi }) => (
              <ProviderButton
                key={id}
                authApi={authApi}
                label={t(`providers.${id}`)}
                onSignInSuccess={onSignInSuccess}
                onError={fail}
              />
            ))}
          </Stack>
        )}
      </Stack>
    </Box>
  );
}
