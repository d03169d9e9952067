export { readPodLogs } from '@slipway/backstage-plugin-kubernetes-node';
