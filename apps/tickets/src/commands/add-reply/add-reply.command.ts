import { type Person } from '../../domain/person.js';

export interface AddReply {
  readonly ticketId: string;
  readonly author: Person;
  readonly body: string;
  readonly idempotencyKey: string | undefined;
}
