/** The rollout's page in the portal. */
export function rolloutUrl(appBaseUrl: string, rolloutId: string): string {
  return pageUrl(appBaseUrl, 'rollouts', rolloutId);
}

/** The promotion's page in the portal. */
export function promotionUrl(appBaseUrl: string, promotionId: string): string {
  return pageUrl(appBaseUrl, 'promotions', promotionId);
}

/** Where an approval can be seen and decided. */
export function approvalUrl(appBaseUrl: string, approvalId: string): string {
  return `${appBaseUrl.replace(/\/+$/, '')}/delivery/approvals?id=${encodeURIComponent(approvalId)}`;
}

function pageUrl(appBaseUrl: string, page: string, id: string): string {
  return `${appBaseUrl.replace(/\/+$/, '')}/delivery/${page}/${encodeURIComponent(id)}`;
}
