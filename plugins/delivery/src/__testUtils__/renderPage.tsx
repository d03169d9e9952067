import type { ReactElement } from 'react';
import type { Entity } from '@backstage/catalog-model';
import { createApiRef } from '@backstage/frontend-plugin-api';
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
import { deliveryApiRef, type DeliveryApi } from '../api/deliveryApi';
import {
  catalogRouteRef,
  createComponentRouteRef,
  rootRouteRef,
} from '../routes';

function Location() {
  const { pathname, search } = useLocation();
  return <output data-testid="location">{`${pathname}${search}`}</output>;
}

/** A fake of our own API that refuses every call a test did not expect. */
export function fakeApi(methods: Partial<DeliveryApi>): DeliveryApi {
  return new Proxy(methods as DeliveryApi, {
    get: (target, name: keyof DeliveryApi) =>
      target[name] ??
      (async () => {
        throw new Error(`unexpected call of ${name}`);
      }),
  });
}

/** Renders within an app that has the plugin's routes, a fresh cache and the given API. */
export function renderPage(
  element: ReactElement,
  api: Partial<DeliveryApi>,
  options: {
    path?: string;
    mountPath?: string;
    entities?: Entity[];
    /** The portal has the Kubernetes plugin. */
    hasKubernetes?: boolean;
  } = {},
) {
  const { path = '/delivery', mountPath, entities, hasKubernetes } = options;
  return renderInTestApp(
    <MuiThemeProvider theme={createTheme()}>
      <SWRConfig
        value={{ provider: () => new Map(), shouldRetryOnError: false }}
      >
        {element}
        <Location />
      </SWRConfig>
    </MuiThemeProvider>,
    {
      initialRouteEntries: [path],
      mountPath,
      mountedRoutes: {
        '/delivery': rootRouteRef,
        '/create': createComponentRouteRef,
        '/catalog': catalogRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [deliveryApiRef, fakeApi(api)],
        [catalogApiRef, catalogApiMock({ entities })],
        ...(hasKubernetes
          ? [
              [
                createApiRef<object>({ id: 'plugin.kubernetes.service' }),
                {},
              ] as const,
            ]
          : []),
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
