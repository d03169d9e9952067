import type { V1Service } from '@kubernetes/client-node';
import { labels } from '../identity';
import { leanService, type Watched } from './lean';
import type { WatchedKind } from './WatchedKind';

/** Services of targets, by their target. @public */
export const watchedServices: WatchedKind<Watched<V1Service>> = {
  api: 'api/v1',
  plural: 'services',
  labelSelector: labels.target,
  groupOf: ({ metadata }) => metadata?.labels?.[labels.target] ?? '',
  keep: leanService,
};
