import type { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import type { ScalingTarget } from '@slipway/backstage-plugin-scaling-common';
import { useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { scalingApiRef, type ScalingApi } from '../api/scalingApi';
import { rolloutRouteRef, rootRouteRef } from '../routes';

function Location() {
  const { pathname, search } = useLocation();
  return <output data-testid="location">{`${pathname}${search}`}</output>;
}

/** Renders within an app, with a fresh cache and an API that refuses every call a test did not expect. */
export function renderPage(
  element: ReactElement,
  api: Partial<ScalingApi>,
  path = '/scaling',
) {
  const whole = new Proxy(api as ScalingApi, {
    get: (known, name: keyof ScalingApi) =>
      known[name] ??
      (async () => {
        throw new Error(`unexpected call of ${name}`);
      }),
  });
  return renderInTestApp(
    <ThemeProvider theme={createTheme()}>
      <SWRConfig
        value={{ provider: () => new Map(), shouldRetryOnError: false }}
      >
        {element}
        <Location />
      </SWRConfig>
    </ThemeProvider>,
    {
      initialRouteEntries: [path],
      mountedRoutes: {
        '/scaling': rootRouteRef,
        '/delivery/rollouts/:id': rolloutRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [[scalingApiRef, whole]],
    },
  );
}

/** A Deployment that its autoscaler would like to be bigger. */
export function target(more: Partial<ScalingTarget> = {}): ScalingTarget {
  return {
    id: 'target-1',
    componentRef: 'component:default/checkout',
    componentTitle: 'Checkout',
    environmentRef: 'resource:default/production',
    environmentName: 'production',
    tier: 'production',
    workload: 'Deployment/checkout',
    driver: { kind: 'hpa', name: 'by-cpu' },
    currentReplicas: 5,
    readyReplicas: 4,
    desiredReplicas: 5,
    minReplicas: 2,
    maxReplicas: 5,
    metrics: [{ name: 'cpu', current: '120 %', target: '80 %', ratio: 1.5 }],
    conditions: [
      {
        type: 'ScalingLimited',
        reason: 'TooManyReplicas',
        severity: 'warning',
        message: 'The load asks for more replicas than the limit of 5.',
      },
    ],
    recommendations: [],
    load: 1.5,
    attention: true,
    observedAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}
