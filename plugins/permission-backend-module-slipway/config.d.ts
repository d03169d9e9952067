export interface Config {
  permission?: {
    /** Who may do what. Read by the Slipway permission policy. */
    slipway?: {
      /** Nothing is allowed that no role allows; the roles of a person add up. */
      roles: Array<{
        /** Lower-case words joined by dashes, for example `release-manager`. */
        name: string;
        /** What people read, for example "Release manager". */
        title?: string;
        /** One sentence on what the role is for. */
        description?: string;
        /**
         * Users (`user:default/ana`), groups (`group:default/engineering`; the members of groups below count) or
         * `*` for everybody who is signed in.
         */
        members: string[];
        allow: Array<{
          /** Permission names, exact or with `*` for any run of characters: `delivery.*.read`. */
          permissions: string[];
          /** Limits the grant to resources for which all of this holds. */
          when?: {
            /** Only what the caller owns. For catalog entities, delivery targets and scaffolder tasks. */
            owner?: true;
            /** Only in environments of these tiers. For delivery targets. */
            tiers?: Array<'development' | 'staging' | 'production'>;
          };
        }>;
      }>;
    };
  };
}
