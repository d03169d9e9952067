import { join } from 'node:path';

/** What this module may do in a cluster, as its users apply it. */
export const rbac = join(__dirname, '../../rbac.yaml');
