import { createPermission } from '@backstage/plugin-permission-common';

/** See how many replicas run where, what drives them, and their history. @public */
export const targetReadPermission = createPermission({
  name: 'scaling.target.read',
  attributes: { action: 'read' },
});

/** All permissions of scaling. @public */
export const scalingPermissions = [targetReadPermission];
