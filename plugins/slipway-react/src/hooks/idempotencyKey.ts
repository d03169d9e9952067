/** A fresh `Idempotency-Key`. Not `crypto.randomUUID` alone: browsers leave it out on plain HTTP. @public */
export function newIdempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
