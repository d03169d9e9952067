import { CustomErrorBase } from '@backstage/errors';

/** An approval was not given, or not in time. */
export class ApprovalRefusedError extends CustomErrorBase {
  name = 'ApprovalRefusedError' as const;
}
