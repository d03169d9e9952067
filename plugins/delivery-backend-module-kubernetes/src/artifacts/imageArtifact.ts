export { imageKind } from '@slipway/backstage-plugin-kubernetes-node';
