export interface Config {
  app?: {
    signIn?: {
      /**
       * The ways to sign in that the portal offers, in this order.
       * @deepVisibility frontend
       */
      methods?: Array<'exampleUsers' | 'github' | 'oidc'>;
    };
  };
}
