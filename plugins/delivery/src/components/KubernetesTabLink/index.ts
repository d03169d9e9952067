export { KubernetesTabLink } from './KubernetesTabLink';
