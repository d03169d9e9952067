export {
  annotations,
  identityOf,
  labels,
  releaseKey,
  type TargetIdentity,
} from '@slipway/backstage-plugin-kubernetes-node';
