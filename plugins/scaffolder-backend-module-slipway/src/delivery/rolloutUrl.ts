/** The rollout's page in the portal. */
export function rolloutUrl(appBaseUrl: string, rolloutId: string): string {
  return `${appBaseUrl.replace(/\/+$/, '')}/delivery/rollouts/${encodeURIComponent(rolloutId)}`;
}
