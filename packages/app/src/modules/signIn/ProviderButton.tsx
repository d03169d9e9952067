import type { IdentityApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { providerIdentity, type ProviderAuthApi } from './providerIdentity';

interface ProviderButtonProps {
  authApi: ProviderAuthApi;
  label: string;
  onSignInSuccess(identity: IdentityApi): void;
  onError(error: Error): void;
}

/** Opens the window of a provider such as GitHub and signs in with what comes back. */
export function ProviderButton(props: ProviderButtonProps) {
  const { authApi, label, onSignInSuccess, onError } = props;
  const [busy, setBusy] = useState(false);

  const signIn = async () => {
    setBusy(true);
    try {
      const identity = await providerIdentity(authApi, { instantPopup: true });
      if (!identity) {
        throw new Error('The provider did not say who you are');
      }
      onSignInSuccess(identity);
    } catch (error) {
      setBusy(false);
      onError(toError(error));
    }
  };

  return (
    <Button variant="contained" size="large" disabled={busy} onClick={signIn}>
      {label}
    </Button>
  );
}
