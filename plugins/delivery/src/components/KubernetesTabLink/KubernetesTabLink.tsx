import {
  createApiRef,
  useApi,
  useApiHolder,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogApiRef,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router-dom';
import useSWR from 'swr';
import { useT } from '../../hooks/useT';

// Of @backstage/plugin-kubernetes, which a portal without clusters does without; nothing of it is called from here.
const kubernetesApiRef = createApiRef<object>({
  id: 'plugin.kubernetes.service',
});

// Those whose releases are objects in a cluster.
const runtimes = ['kubernetes', 'argo-rollouts'];

// Without one of these the Kubernetes plugin shows no tab.
const annotations = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** Leads to the Kubernetes tab of a component, where it has one and the runtime is in a cluster. */
export function KubernetesTabLink(props: {
  componentRef: string;
  runtime?: string;
}) {
  const { componentRef, runtime = '' } = props;
  const t = useT();
  const catalog = useApi(catalogApiRef);
  const isInstalled = useApiHolder().get(kubernetesApiRef) !== undefined;
  const entityRoute = useRouteRef(entityRouteRef);
  const mayHave = isInstalled && runtimes.includes(runtime);
  const { data: entity } = useSWR(
    mayHave ? ['kubernetes-tab', componentRef] : null,
    () => catalog.getEntityByRef(componentRef),
  );
  if (!mayHave || !hasTab(entity) || !entityRoute) return null;
  const path = entityRoute(entityRouteParams(componentRef));
  return (
    <Link component={RouterLink} to={`${path}/kubernetes`}>
      {t('rollout.kubernetesTab')}
    </Link>
  );
}

function hasTab(entity: Entity | undefined): boolean {
  const present = entity?.metadata.annotations ?? {};
  return annotations.some(name => present[name] !== undefined);
}
