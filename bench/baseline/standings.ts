import { LRUCache } from 'lru-cache';
import { type Standing } from '#contracts';
import { rows, type Sql } from '#postgres';

const leaseMs = 5000;

/**
 * Asks the tickets' database itself, where the services ask each other, and
 * remembers for one lease as they do.
 */
export class Standings {
  private readonly leases = new LRUCache<string, Standing>({ max: 10_000, ttl: leaseMs });

  constructor(private readonly tickets: Sql) {}

  async ask(ticketId: string): Promise<Standing> {
    const [standing] = await rows<Standing>(
      this.tickets,
      `SELECT id AS "ticketId", status, version, phase,
         requester_id AS "requesterId", assignee_id AS "assigneeId", home
       FROM ticket
       WHERE id = ANY($1)`,
      [[ticketId]],
    );
    if (standing === undefined) throw new Error('the benchmark names tickets that exist');
    this.leases.set(ticketId, standing);
    return standing;
  }

  async remembered(ticketId: string): Promise<Standing> {
    return this.leases.get(ticketId) ?? this.ask(ticketId);
  }
}
