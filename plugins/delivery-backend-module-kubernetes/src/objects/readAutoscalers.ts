export { readAutoscalers } from '@slipway/backstage-plugin-kubernetes-node';
