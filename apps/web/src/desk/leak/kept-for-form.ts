/**
 * Secrets that were moved out of a new ticket's description, until its private form takes
 * them. They are only in memory.
 */
let kept: { readonly ticketId: string; readonly secrets: readonly string[] } | undefined;

export function keepForForm(ticketId: string, secrets: readonly string[]): void {
  kept = secrets.length > 0 ? { ticketId, secrets } : undefined;
}

/** Returns the secrets for this ticket, and clears all that is kept. */
export function takeForForm(ticketId: string): readonly string[] {
  const secrets = kept?.ticketId === ticketId ? kept.secrets : [];
  kept = undefined;
  return secrets;
}

/** Called at sign-out. */
export function forgetForForm(): void {
  kept = undefined;
}

/** The first secret becomes the password; the others go into the notes. */
export function toFormDraft([password = '', ...others]: readonly string[]): {
  readonly password: string;
  readonly additionalInformation?: string;
} {
  return { password, ...(others.length > 0 && { additionalInformation: others.join('\n') }) };
}
