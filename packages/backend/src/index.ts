import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(
  import('@slipway/backstage-plugin-auth-backend-module-example-users'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@slipway/backstage-plugin-permission-backend-module-slipway'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@slipway/backstage-plugin-catalog-backend-module-slipway-repositories'),
);

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@slipway/backstage-plugin-scaffolder-backend-module-slipway'),
);

backend.add(import('@slipway/backstage-plugin-delivery-backend'));
backend.add(import('@slipway/backstage-plugin-delivery-backend-module-local'));
backend.add(
  import('@slipway/backstage-plugin-delivery-backend-module-kubernetes'),
);
backend.add(
  import('@slipway/backstage-plugin-delivery-backend-module-argo-rollouts'),
);
backend.add(import('@slipway/backstage-plugin-delivery-backend-module-web'));
backend.add(
  import('@slipway/backstage-plugin-delivery-backend-module-prometheus'),
);
backend.add(
  import('@slipway/backstage-plugin-delivery-backend-module-alertmanager'),
);
backend.add(import('@slipway/backstage-plugin-delivery-backend-module-git'));

backend.add(import('@slipway/backstage-plugin-scaling-backend'));
backend.add(
  import('@slipway/backstage-plugin-scaling-backend-module-kubernetes'),
);
backend.add(import('@slipway/backstage-plugin-scaling-backend-module-local'));
backend.add(
  import('@slipway/backstage-plugin-scaling-backend-module-prometheus'),
);

backend.add(import('@backstage/plugin-search-backend'));
// Takes over from the in-memory Lunr index when the database is Postgres; stands aside on SQLite.
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
// Carries signals and catalog events between replicas.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Backstage only logs what a plugin could not start with, and would go on answering that nothing is ready.
backend.start().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
