import { Problem } from '#problem';

export const revealReasonPolicies = ['optional', 'required'] as const;
export type RevealReasonPolicy = (typeof revealReasonPolicies)[number];

/** Requires the reason of a reveal, if so configured. */
export class RevealReason {
  constructor(private readonly policy: RevealReasonPolicy) {}

  /**
   * @returns the reason, for the access log
   * @throws Problem `invalid` where it is required, and missing or blank
   */
  of(reason: string | null = null): string | null {
    if (this.policy === 'optional' || (reason ?? '').trim() !== '') return reason;
    throw new Problem('invalid', undefined, {
      errors: [{ pointer: '/reason', code: 'required', detail: 'must say why' }],
    });
  }
}
