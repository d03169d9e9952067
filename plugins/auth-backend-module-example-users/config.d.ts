export interface Config {
  auth?: {
    providers?: {
      /** Sign-in without a password as one of the catalog's users. For development. */
      exampleUsers?: {
        /** Must be true for the provider to be there. The backend does not start with it in production. */
        enabled?: boolean;
        /** Who may be chosen, for example `user:default/ana`. Every user of the catalog if left out. */
        users?: string[];
      };
    };
  };
}
