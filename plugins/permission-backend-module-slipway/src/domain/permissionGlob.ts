const ALLOWED_CHARACTERS = /^[a-z0-9_.*-]+$/i;
const EMPTY_PART = /^\.|\.\.|\.$/;

/** Why a text cannot name permissions, or undefined if it can. */
export function globProblem(glob: string): string | undefined {
  if (glob.includes('**')) {
    return '"*" already stands for any run of characters, dots included; write one "*" instead of "**"';
  }
  if (!ALLOWED_CHARACTERS.test(glob) || EMPTY_PART.test(glob)) {
    return 'must be a permission name such as "catalog.entity.read", or one with "*" such as "delivery.*.read"';
  }
  return undefined;
}

/** Whether `glob` covers a permission. `*` stands for one or more characters, dots included. */
export function globMatches(glob: string, permissionName: string): boolean {
  if (!glob.includes('*')) {
    return glob === permissionName;
  }
  const pattern = glob
    .split('*')
    .map(part => part.replaceAll('.', '\\.'))
    .join('.+');
  return new RegExp(`^${pattern}$`).test(permissionName);
}
