/** An allowed action as the API shows it: allowed, or refused for the reason given. */
export function allowedUnless(reason: string | undefined) {
  return reason ? { allowed: false, reason } : { allowed: true };
}
