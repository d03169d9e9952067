import type { KubernetesObject } from '@kubernetes/client-node';
import type {
  DeliveryManifest,
  DeliveryTarget,
  DesiredRelease,
} from '@slipway/backstage-plugin-delivery-node';
import {
  annotations,
  identityOf,
} from '@slipway/backstage-plugin-kubernetes-node';
import { stringify } from 'yaml';
import { appliedAnnotation, ownRollout, ownTemplate } from './rolloutObject';
import { serviceObject } from './serviceObject';
import { readTargetSettings } from './targetSettings';
