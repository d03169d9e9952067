export interface Config {
  /** Slipway delivery. */
  delivery?: {
    /**
     * The strategy of rollouts that name none, by the environment's tier. What is left out keeps the built-in one:
     * `rolling` for development and staging, a canary with pauses for production. As the API's `Strategy`.
     */
    defaultStrategies?: {
      development?: object;
      staging?: object;
      production?: object;
    };
  };
}
