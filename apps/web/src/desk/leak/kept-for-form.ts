/**
 * Secrets on their way from a message to the private form of a ticket that is about to be
 * shown: in memory alone, and for one taking.
 */
let kept: { readonly ticketId: string; readonly secrets: readonly string[] } | undefined;

export function keepForForm(ticketId: string, secrets: readonly string[]): void {
  kept = secrets.length > 0 ? { ticketId, secrets } : undefined;
}

/** @returns what was kept for this ticket; whatever it was is kept no more */
export function takeForForm(ticketId: string): readonly string[] {
  const secrets = kept?.ticketId === ticketId ? kept.secrets : [];
  kept = undefined;
  return secrets;
}

/** Whoever signs out leaves nothing to the next person. */
export function forgetForForm(): void {
  kept = undefined;
}

/** The form has one password; what else was found goes below it. */
export function toFormDraft([password = '', ...others]: readonly string[]): {
  readonly password: string;
  readonly additionalInformation?: string;
} {
  return { password, ...(others.length > 0 && { additionalInformation: others.join('\n') }) };
}
