import type { EngineCommand } from '@slipway/workflow-engine';
import type { BallotPaper } from '../gates/vote';
import type { AskedApproval } from './state';

/** What people and services may ask of a request for approval. */
export type RequestCommand =
  | { type: 'ask'; asked: AskedApproval }
  | ({ type: 'vote' } & BallotPaper)
  | { type: 'withdrawVote'; by: string }
  | { type: 'withdraw'; reason?: string };

/** All that a request for approval decides on. */
export type AnyRequestCommand = RequestCommand | EngineCommand;
