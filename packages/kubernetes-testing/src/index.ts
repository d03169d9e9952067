/**
 * A real Kubernetes and the real Backstage Kubernetes plugin, for tests and benchmarks.
 *
 * @packageDocumentation
 */
export { KubernetesPlugin } from './KubernetesPlugin';
export { describeWithCluster, TestCluster } from './TestCluster';
