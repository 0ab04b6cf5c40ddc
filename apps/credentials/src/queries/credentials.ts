import { type CredentialSummaryResponse, isEndedPhase, type Standing } from '#contracts';
import { type PageParameters } from '#http-server';
import { decodeCursor, type Page, readLimit, toPage } from '#paging';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { listSummaries } from '../persistence/credentials.js';

/** Summaries of a ticket's credentials; never a secret. After the end there is nothing, whether or not the destruction has run. */
export class Credentials {
  constructor(private readonly sql: Sql) {}

  /** By number, from the first on; without a limit all of them, since a ticket holds few. */
  async list({ ticketId, phase }: Standing, { limit, cursor }: PageParameters): Promise<Page<CredentialSummaryResponse>> {
    const most = limit === undefined ? Number.POSITIVE_INFINITY : readLimit(limit);
    const after = Number(decodeCursor(cursor, ['integer'])?.[0] ?? 0);
    const found = isEndedPhase(phase) ? [] : await listSummaries(this.sql, ticketId);
    return toPage(
      found.filter(({ number }) => number > after),
      most,
      ({ number }) => [number],
      (summary) => summary,
    );
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
