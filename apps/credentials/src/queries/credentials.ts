import { type CredentialSummaryResponse, isEndedPhase, type Standing } from '#contracts';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { listSummaries } from '../persistence/credentials.js';

/** Summaries of a ticket's credentials; never a secret. After the end there is nothing, whether or not the destruction has run. */
export class Credentials {
  constructor(private readonly sql: Sql) {}

  async list({ ticketId, phase }: Standing): Promise<{ items: CredentialSummaryResponse[]; nextCursor: null }> {
    return { items: isEndedPhase(phase) ? [] : await listSummaries(this.sql, ticketId), nextCursor: null };
  }

  /** @throws Problem `not-found` */
  async get({ ticketId, phase }: Standing, id: string): Promise<CredentialSummaryResponse> {
    const [summary] = isEndedPhase(phase) ? [] : await listSummaries(this.sql, ticketId, id);
    if (summary === undefined) throw new Problem('not-found');
    return summary;
  }

  /** For calls that answer 409 after the end, which comes after 422, and 404 for what was never there, which comes before it. */
  async demand(standing: Standing, id: string): Promise<void> {
    if (!isEndedPhase(standing.phase)) await this.get(standing, id);
  }
}
