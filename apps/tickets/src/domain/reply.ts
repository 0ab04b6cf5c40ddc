import { type Person } from './person.js';

export interface Reply {
  readonly ticketId: string;
  /** UUIDv7, so ids are in the order of writing. */
  readonly id: string;
  readonly author: Person;
  readonly body: string;
  readonly createdAt: Date;
}
