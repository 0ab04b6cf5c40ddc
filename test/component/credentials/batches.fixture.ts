import { afterAll, beforeAll, expect } from '@jest/globals';
import { verifyLog } from '../../../apps/credentials/src/audit/verify-log.js';
import { type Answer } from '../../support/api.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  secret,
  sharedTicket,
  startCredentials,
} from './harness.js';

export interface Ticket {
  readonly ticketId: string;
  readonly path: string;
}

/** Two replicas with leases of a minute; to be used inside of the tests of a file. */
export class Stage {
  service!: CredentialsUnderTest;
  second!: CredentialsUnderTest;

  constructor() {
    beforeAll(async () => {
      this.service = await startCredentials({ standingLeaseSeconds: 60 });
      this.second = await replicaOf(this.service, { standingLeaseSeconds: 60 });
    });
    afterAll(async () => {
      await this.second.stop();
      await this.service.stop();
    });
  }

  shared(count = 1): Promise<Ticket> {
    return sharedTicket(this.service, { count });
  }

  submit({ path }: Ticket, headers = {}, at = this.service): Promise<Answer> {
    return at.call('customer-1', 'POST', path, secret, headers);
  }

  reveal({ path }: Ticket, at = this.service, reason?: string): Promise<Answer> {
    return at.call('agent-1', 'POST', `${path}/reveal`, { reason });
  }

  /** What was done under the ticket, and by which transactions. */
  logOf({ ticketId }: Ticket, action: string): Promise<{ xmin: string; reason: string | null }[]> {
    return this.service.database.query(
      `SELECT xmin::text, reason
       FROM access_log
       WHERE ticket_id = $1
         AND action = $2
         AND outcome = 'done'
       ORDER BY seq`,
      [ticketId, action],
    );
  }

  /** Every chain is as it was written. */
  async expectSound(): Promise<void> {
    const { database } = this.service;
    const { faults } = await verifyLog({
      query: <T>(text: string, parameters?: unknown[]) =>
        database.query(text, parameters) as Promise<T>,
    });
    expect(faults).toEqual([]);
  }
}
