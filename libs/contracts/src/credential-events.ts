import { cloudEvent, type CloudEvent, assertPart, parseCloudEvent } from './cloud-event.js';
import { ticketIdPattern, uuidPattern } from './ids.js';

const credentialsSource = '/credentials';

export const credentialActionTypes = [
  'credential.submitted',
  'credential.revealed',
  'credential.edited',
  'credential.requested',
] as const;
type CredentialActionType = (typeof credentialActionTypes)[number];

/** An action of a person. Never holds a secret. */
interface CredentialActionData {
  readonly ticketId: string;
  readonly credentialId?: string;
  readonly actorId: string;
}

export const destructionReasons = [
  'ticket-ended',
  'expired',
  'withdrawn',
  'deleted',
  'reconciled',
  'restored',
] as const;
export type DestructionReason = (typeof destructionReasons)[number];

export interface CredentialsDestroyedData {
  readonly ticketId: string;
  readonly phase: number;
  readonly reason: DestructionReason;
  readonly credentialIds: readonly string[];
  readonly receiptId: string;
  /**
   * When the last of them would have expired: until then a backup may bring one back that
   * still looks live. RFC 3339, UTC.
   */
  readonly expiresAt?: string;
}

/**
 * A signed statement about the access logs of all tickets, to be kept
 * where nobody can change it.
 */
interface AuditCheckpointData {
  /** 1, 2, … */
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly jws: string;
}

type CredentialEvent =
  | CloudEvent<CredentialActionType, CredentialActionData>
  | CloudEvent<'credentials.destroyed', CredentialsDestroyedData>
  | CloudEvent<'audit.checkpoint', AuditCheckpointData>;

/** @param time of the action's entry in the access log */
export const credentialActionEvent = (
  type: CredentialActionType,
  data: CredentialActionData,
  time: Date,
): CredentialEvent => cloudEvent(credentialsSource, type, data, { subject: data.ticketId, time });

/** @param time the receipt's `destroyedAt` */
export const credentialsDestroyedEvent = (
  data: CredentialsDestroyedData,
  time: Date,
): CredentialEvent =>
  cloudEvent(credentialsSource, 'credentials.destroyed', data, { subject: data.ticketId, time });

/** @throws InvalidEventError when it is no `credentials.destroyed` of ours */
export function parseCredentialsDestroyed(
  document: unknown,
): CloudEvent<'credentials.destroyed', CredentialsDestroyedData> {
  const event = parseCloudEvent(document);
  assertPart(event.type === 'credentials.destroyed', 'type');
  assertPart(event.source === credentialsSource, 'source');
  const { ticketId, reason, credentialIds, receiptId, expiresAt } =
    event.data as Partial<CredentialsDestroyedData>;
  assertPart(typeof ticketId === 'string' && ticketIdPattern.test(ticketId), 'data.ticketId');
  assertPart(typeof reason === 'string', 'data.reason');
  assertPart(Array.isArray(credentialIds) && credentialIds.every(isId), 'data.credentialIds');
  assertPart(isId(receiptId), 'data.receiptId');
  assertPart(
    expiresAt === undefined ||
      (typeof expiresAt === 'string' && !Number.isNaN(Date.parse(expiresAt))),
    'data.expiresAt',
  );
  return event as CloudEvent<'credentials.destroyed', CredentialsDestroyedData>;
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && uuidPattern.test(value);

/** Its subject is not a ticket but the checkpoint. */
export const auditCheckpointEvent = (data: AuditCheckpointData): CredentialEvent =>
  cloudEvent(credentialsSource, 'audit.checkpoint', data, {
    subject: `checkpoint:${data.number}`,
    time: new Date(data.at),
  });
