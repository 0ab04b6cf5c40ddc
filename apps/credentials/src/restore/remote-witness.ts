import { type WitnessAnswer } from '#contracts';

export interface WitnessQuestion {
  readonly database: string;
  /** To be kept, if given. */
  readonly mark?: { readonly life: number; readonly beat: number; readonly statement: string };
  /** Which of these were destroyed? At most `maxCredentialsAsked`. */
  readonly credentialIds?: readonly string[];
}

/**
 * Where this database's marks and destructions are remembered outside of it: `tickets`.
 */
export interface RemoteWitness {
  /** Rejects if it cannot be asked. */
  witness(question: WitnessQuestion): Promise<WitnessAnswer>;
}
