import { type Person } from './person.js';

export interface Reply {
  readonly ticketId: string;
  readonly id: string;
  readonly author: Person;
  readonly body: string;
}

/** With its time, which the database gives that stores it. */
export interface StoredReply extends Reply {
  readonly createdAt: Date;
}
