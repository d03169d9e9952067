import { useRef, useState } from 'react';
import { newIdempotencyKey } from './idempotencyKey';

/**
 * One form's way to the API: in flight or not, what it was refused for, and an idempotency key. The key stays the same
 * while the content does (a second try after a lost answer is carried out once) and is new when the content changed
 * (the API refuses a known key with another request).
 *
 * @public
 */
export function useSubmission<Body, Answer>(
  send: (body: Body, idempotencyKey: string) => Promise<Answer>,
) {
  const [submitting, setSubmitting] = useState(false);
  const [error, setError] = useState<unknown>();
  const keys = useRef<{ content: string; key: string }>();

  const submit = async (body: Body): Promise<Answer | undefined> => {
    const content = JSON.stringify(body);
    if (keys.current?.content !== content) {
      keys.current = { content, key: newIdempotencyKey() };
    }
    setSubmitting(true);
    setError(undefined);
    try {
      return await send(body, keys.current.key);
    } catch (cause) {
      setError(cause);
      return undefined;
    } finally {
      setSubmitting(false);
    }
  };
  return { submit, submitting, error };
}
