export interface Config {
  delivery?: {
    /** Delivery to Kubernetes. The clusters themselves are those of `kubernetes.clusterLocatorMethods`. */
    kubernetes?: {
      /**
       * Whether an image may be named by a tag without a digest. A tag can be moved, so what was verified need not be
       * what runs; meant for images that are preloaded in the nodes. Default: false
       */
      allowTags?: boolean;
      /**
       * Whether objects are watched. Without, lists of them are read at every look: for proxies on the way to a cluster
       * that pass no answer on before it has ended. Default: true
       */
      watch?: boolean;
      /** How long a Deployment may make no progress until its release counts as ill. Default: 300 */
      progressDeadlineSeconds?: number;
      /** How long the `preCommand` and the `postCommand` of a release may take each, up to 540. Default: 540 */
      commandTimeoutSeconds?: number;
      /** How long copies go on after traffic was taken from them, until they are stopped. Default: 5 */
      drainSeconds?: number;
      manifests?: {
        /**
         * Repositories that the manifests of every component may come from, besides its own: addresses such as
         * `https://github.com/shop/config`; one that ends with `/` stands for all under it.
         */
        repositories?: string[];
      };
      /**
       * Programs that render manifests: a path, or another name on the backend's `PATH`. Without, `kustomize`, `kubectl` and
       * `helm` are looked for there when they are needed.
       */
      binaries?: {
        /** For folders with a kustomization. */
        kustomize?: string;
        /** The same, where there is no `kustomize`. */
        kubectl?: string;
        /** For charts. */
        helm?: string;
      };
    };
  };
}
