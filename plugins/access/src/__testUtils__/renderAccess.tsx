import { identityApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  createTheme,
  ThemeProvider as MuiThemeProvider,
} from '@mui/material/styles';
import { useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { accessApiRef, type AccessApi } from '../api/accessApi';
import { AccessRouter } from '../pages/AccessRouter';
import { rootRouteRef } from '../routes';
import { ana } from './fixtures';

function Location() {
  const { pathname, search } = useLocation();
  return <output data-testid="location">{`${pathname}${search}`}</output>;
}

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default', title: 'Checkout' },
};
const environment = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'production', namespace: 'default' },
  spec: { type: 'environment' },
};

/** What the API answers to whom it refuses. */
export async function refuse(): Promise<never> {
  throw Object.assign(new Error('Not allowed'), { statusCode: 403 });
}

/** The pages at an address within an app, as Ana sees them. */
export function renderAccess(path: string, methods: Partial<AccessApi>) {
  const api = new Proxy(methods as AccessApi, {
    get: (target, name: keyof AccessApi) =>
      target[name] ??
      (async () => {
        throw new Error(`unexpected call of ${name}`);
      }),
  });
  return renderInTestApp(
    <MuiThemeProvider theme={createTheme()}>
      <SWRConfig value={{ provider: () => new Map() }}>
        <AccessRouter />
        <Location />
      </SWRConfig>
    </MuiThemeProvider>,
    {
      initialRouteEntries: [path],
      mountPath: '/access',
      mountedRoutes: {
        '/access': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [accessApiRef, api],
        [
          identityApiRef,
          {
            getBackstageIdentity: async () => ({
              type: 'user' as const,
              userEntityRef: ana.userEntityRef,
              ownershipEntityRefs: [],
            }),
            getProfileInfo: async () => ({}),
            getCredentials: async () => ({}),
            signOut: async () => {},
          },
        ],
        [catalogApiRef, catalogApiMock({ entities: [component, environment] })],
        [
          entityPresentationApiRef,
          {
            forEntity: ref => {
              const entityRef = typeof ref === 'string' ? ref : 'entity';
              const snapshot = {
                entityRef,
                primaryTitle: entityRef.split('/').at(-1) ?? entityRef,
              };
              return { snapshot, promise: Promise.resolve(snapshot) };
            },
          },
        ],
      ],
    },
  );
}
