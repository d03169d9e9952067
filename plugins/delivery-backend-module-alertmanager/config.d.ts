export interface Config {
  delivery?: {
    /** Alertmanagers whose alerts whoever approves shall see. */
    alertmanager?: Array<{
      /** Unique among them; `alertmanager` when left out. */
      name?: string;
      /** Where its pages are, such as `http://alertmanager.monitoring:9093`, without user name and password. */
      url: string;
      /**
       * Sent with every request, such as `Authorization`.
       * @deepVisibility secret
       */
      headers?: { [name: string]: string };
      /** Matchers that alerts must all fit, such as `team="payments"`. */
      filter?: string[];
      /** Which of an alert's labels say what it is about. */
      labels?: {
        /** A component's name or entity reference; the first label that is there. `[component]` when left out. */
        component?: string[];
        /** An environment's name; any environment where the label is not there. `environment` when left out. */
        environment?: string;
        /** `severity` when left out. */
        severity?: string;
      };
      /** Values of the severity that are critical. `[critical, page]` when left out. */
      critical?: string[];
      /** Values of the severity that are for information. `[info, none]` when left out; all others are warnings. */
      info?: string[];
    }>;
  };
}
