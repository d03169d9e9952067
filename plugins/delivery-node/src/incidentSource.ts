/** Something that is wrong now. @public */
export interface OpenIncident {
  /** Unique within its source. */
  id: string;
  /** For people, one line. */
  title: string;
  /** `critical`: users are harmed, or about to be. */
  severity: 'critical' | 'warning' | 'info';
  /** ISO 8601 in UTC. */
  since: string;
  /** Where people read more. */
  url?: string;
  /** Such as `component:default/checkout`. What is about no component concerns no rollout. */
  componentRef: string;
  /** The environment's name, such as `production`; any, when left out. */
  environmentName?: string;
}

/**
 * Where incidents and alerts are known. Each vendor is a module of its own. It is asked every 30 seconds by one replica
 * for all; what it last answered is shown to people who approve, and given to policies.
 *
 * @public
 */
export interface DeliveryIncidentSource {
  /** Unique among sources; lasts over restarts. */
  name: string;
  /** For people. */
  title: string;
  /** All that is open now. An error thrown here leaves what was known, and after some minutes counts as not knowing. */
  open(context: { signal: AbortSignal }): Promise<OpenIncident[]>;
}
