import { RevealRequest } from '#contracts';
import { parseBody } from '#http-server';
import { Problem } from '#problem';

export const revealReasonPolicies = ['optional', 'required'] as const;
export type RevealReasonPolicy = (typeof revealReasonPolicies)[number];

/** Reads the reason of a reveal, and requires one if so configured. */
export class RevealReason {
  constructor(private readonly policy: RevealReasonPolicy) {}

  /**
   * @param body of a reveal
   * @returns the reason, for the access log
   * @throws Problem `invalid`, also if it is required but missing or blank
   */
  of(body: unknown): string | null {
    const { reason = null } = parseBody(RevealRequest, body);
    if (this.policy === 'optional' || (reason ?? '').trim() !== '') return reason;
    throw new Problem('invalid', undefined, {
      errors: [{ pointer: '/reason', code: 'required', detail: 'must say why' }],
    });
  }
}
