/**
 * A real Kubernetes and the real Backstage Kubernetes plugin, for tests and benchmarks.
 *
 * @packageDocumentation
 */
export { KubernetesPlugin } from './KubernetesPlugin';
export { readyPods } from './readyPods';
export { Relay } from './Relay';
export {
  describeWithCluster,
  type PolicyRule,
  TestCluster,
} from './TestCluster';
