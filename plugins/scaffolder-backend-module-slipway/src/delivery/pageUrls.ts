/** The rollout's page in the portal. */
export function rolloutUrl(appBaseUrl: string, rolloutId: string): string {
  return pageUrl(appBaseUrl, 'rollouts', rolloutId);
}

/** The promotion's page in the portal. */
export function promotionUrl(appBaseUrl: string, promotionId: string): string {
  return pageUrl(appBaseUrl, 'promotions', promotionId);
}

function pageUrl(appBaseUrl: string, page: string, id: string): string {
  return `${appBaseUrl.replace(/\/+$/, '')}/delivery/${page}/${encodeURIComponent(id)}`;
}
