export interface Config {
  delivery?: {
    /** Delivery through Argo Rollouts. The clusters themselves are those of `kubernetes.clusterLocatorMethods`. */
    argoRollouts?: {
      /** How long a Rollout of Slipway's own may make no progress until its release counts as ill. Default: 300 */
      progressDeadlineSeconds?: number;
      /** How long the `preCommand` and the `postCommand` of a release may take each, up to 540. Default: 540 */
      commandTimeoutSeconds?: number;
      /**
       * Whether objects are watched. Without, lists of them are read at every look: for proxies on the way to a cluster
       * that pass no answer on before it has ended. Default: true
       */
      watch?: boolean;
    };
    kubernetes?: {
      /** Whether an image may be named by a tag without a digest; the same for all runtimes that run images. Default: false */
      allowTags?: boolean;
    };
  };
}
