/** A destruction that `tickets` has heard of. */
export interface RememberedDestruction {
  readonly credentialId: string;
  readonly receiptId: string;
  readonly reason: string;
}

/** What `tickets` answers to `POST /internal/witness`. */
export interface WitnessAnswer {
  /**
   * The latest that this database of `credentials` has said of itself, signed;
   * null where there is nothing.
   */
  readonly statement: string | null;
  /** Those of the credentials asked about that were destroyed. */
  readonly destroyed: readonly RememberedDestruction[];
}

/** How many credentials one question may name. */
export const maxCredentialsAsked = 500;
