import { invited } from '../domain/gates/approval';
import type { RolloutState } from '../domain/rollout/state';
import { approvalNotice, type Notice } from './Notice';

/** Who hears of a use of break-glass: whoever could have agreed, and whose component it is, but not who did it. */
export function breakGlassAudience(
  gates: NonNullable<RolloutState['gates']>,
  ownerRef: string | undefined,
  by: string,
): Pick<Notice, 'to' | 'except'> {
  return {
    to: [...invited(gates).approvers, ...(ownerRef ? [ownerRef] : [])],
    except: [by],
  };
}

/** That nobody has reviewed a use of break-glass yet; nothing where nobody broke it. Pure. */
export function reviewNotice(
  rolloutId: string,
  { gates, request }: RolloutState,
  ownerRef: string | undefined,
): Notice | undefined {
  if (!gates?.breakGlass) return undefined;
  const { at, by, reason } = gates.breakGlass;
  const [day] = new Date(at).toISOString().split('T');
  return approvalNotice(
    // One notification for each rollout, which comes back every day.
    { id: `review:${rolloutId}`, runId: rolloutId },
    {
      ...breakGlassAudience(gates, ownerRef, by),
      words: {
        title: `Still to be reviewed: break-glass for ${request.target.componentTitle} ${request.release.version} to ${request.target.environmentName}`,
        description: `${by} on ${day}: ${reason}`,
        severity: 'critical',
      },
    },
  );
}
