import { cloudEvent, type CloudEvent } from './cloud-event.js';

export const credentialsSource = '/credentials';

export type CredentialActionType = 'credential.submitted' | 'credential.revealed' | 'credential.edited' | 'credential.requested';

/** Something that a person did. Never a secret. */
export interface CredentialActionData {
  readonly ticketId: string;
  readonly credentialId?: string;
  readonly actorId: string;
}

export const destructionReasons = ['ticket-ended', 'expired', 'withdrawn', 'deleted', 'reconciled'] as const;
export type DestructionReason = (typeof destructionReasons)[number];

export interface CredentialsDestroyedData {
  readonly ticketId: string;
  readonly phase: number;
  readonly reason: DestructionReason;
  readonly credentialIds: readonly string[];
  readonly receiptId: string;
}

export type CredentialEvent =
  CloudEvent<CredentialActionType, CredentialActionData> | CloudEvent<'credentials.destroyed', CredentialsDestroyedData>;

export const credentialActionEvent = (type: CredentialActionType, data: CredentialActionData): CredentialEvent =>
  cloudEvent(credentialsSource, type, data);

export const credentialsDestroyedEvent = (data: CredentialsDestroyedData): CredentialEvent =>
  cloudEvent(credentialsSource, 'credentials.destroyed', data);
