export { type Changes, maxChanges, parseChanges } from './changes.js';
export {
  cloudEvent,
  assertPart,
  InvalidEventError,
  isObject,
  parseCloudEvent,
} from './cloud-event.js';
export {
  auditCheckpointEvent,
  credentialActionEvent,
  credentialActionTypes,
  credentialsDestroyedEvent,
  type CredentialsDestroyedData,
  type DestructionReason,
  destructionReasons,
  parseCredentialsDestroyed,
} from './credential-events.js';
export { Described, DescribedOptional, describedFields, type FieldFacts } from './described.js';
export { exchanges, queues } from './exchanges.js';
export { type GateRecord, gatesFile, parseGatesFile } from './gates-file.js';
export {
  type HelpdeskEvent,
  helpdeskEventType,
  type HelpdeskOrder,
  type HelpdeskOrigin,
  parseHelpdeskEvent,
  readHelpdeskOrder,
  readHelpdeskOrigin,
} from './helpdesk-events.js';
export { ticketIdPattern, uuidPattern } from './ids.js';
export { personFault } from './person-id.js';
export { sortableTime } from './sortable-time.js';
export {
  parseTicketEvent,
  type TicketEvent,
  ticketEvent,
  type TicketEventType,
  ticketEventTypes,
} from './ticket-events.js';
export { assertStanding, doubtedHeader, maxStandingsAsked, type Standing } from './standing.js';
export { StatusWords } from './status-words.js';
export { characters, hasHidden, isStorable } from './text.js';
export { maxCredentialsAsked, type RememberedDestruction, type WitnessAnswer } from './witness.js';
export {
  isEnded,
  isEndedPhase,
  isStatus,
  joinRoles,
  ownHome,
  type Role,
  roles,
  type TicketStatus,
  ticketStatuses,
} from './words.js';
export {
  AccessLogEntryResponse,
  CredentialRequestResponse,
  CredentialSummaryResponse,
  DestructionReceiptResponse,
  ReplyResponse,
  RevealedCredentialResponse,
  TicketResponse,
} from './responses.js';
