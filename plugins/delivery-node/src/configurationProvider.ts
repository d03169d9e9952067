/** A configuration before it has a digest. @public */
export interface ConfigurationValues {
  values: Record<string, string>;
  /** By environment name. */
  environmentValues: Record<string, Record<string, string>>;
  /** Name of the variable to a reference; never a secret itself. */
  secretRefs: Record<string, string>;
}

/**
 * Supplies the configuration that a new release is cut with. Without one, a release has just what its request says.
 *
 * @public
 */
export interface DeliveryConfigurationProvider {
  /**
   * The snapshot for a new release. `requested` is what the request says; it normally wins over what is stored.
   * Throws `InputError` when the configuration is not valid.
   */
  snapshot(request: {
    componentRef: string;
    version: string;
    requested: ConfigurationValues;
  }): Promise<ConfigurationValues>;
}
