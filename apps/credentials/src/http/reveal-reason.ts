import { RevealRequest } from '#contracts';
import { parseBody } from '#http-server';
import { Problem } from '#problem';

export const revealReasonPolicies = ['optional', 'required'] as const;
export type RevealReasonPolicy = (typeof revealReasonPolicies)[number];

/** Whether an agent has to say why, before anything is revealed. */
export class RevealReason {
  constructor(private readonly policy: RevealReasonPolicy) {}

  /**
   * @param body of a reveal
   * @returns what was given; stands in the access log
   * @throws Problem `invalid`, also where it is demanded and nothing, or nothing but white space, was given
   */
  of(body: unknown): string | null {
    const { reason = null } = parseBody(RevealRequest, body);
    if (this.policy === 'optional' || (reason ?? '').trim() !== '') return reason;
    throw new Problem('invalid', undefined, { errors: [{ pointer: '/reason', code: 'required', detail: 'must say why' }] });
  }
}
