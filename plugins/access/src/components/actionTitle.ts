function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}

/** A permission's name for people: `delivery.rollout.create` is "Create rollout". */
export function actionTitle(permission: string): string {
  const [first, ...others] = permission.split('.');
  const verb = others.pop() ?? first;
  const text = [verb, ...others].map(words).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
