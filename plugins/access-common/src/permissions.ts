import { createPermission } from '@backstage/plugin-permission-common';

/** To see what others may do; what oneself may do everybody may see. @public */
export const accessReadPermission = createPermission({
  name: 'slipway.access.read',
  attributes: { action: 'read' },
});

/** @public */
export const accessPermissions = [accessReadPermission];
