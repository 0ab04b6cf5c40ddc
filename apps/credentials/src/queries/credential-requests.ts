import { type CredentialRequestResponse } from '#contracts';
import { decodePosition, type Page, readLimit, toPage } from '#paging';
import { type Sql } from '#postgres';
import { type PageParameters } from '#requests';
import { listRequests } from '../persistence/requests.js';

/** What was asked for under a ticket. */
export class CredentialRequests {
  constructor(private readonly sql: Sql) {}

  /** Newest first, so that an open one is on the first page. */
  async list(
    ticketId: string,
    { limit, cursor }: PageParameters,
  ): Promise<Page<CredentialRequestResponse>> {
    const most = readLimit(limit);
    const before = decodePosition(cursor, 'uuid');
    const found = await listRequests(this.sql, ticketId, before, most + 1);
    return toPage(
      found,
      most,
      ({ createdAt, id }) => [Date.parse(createdAt), id],
      (item) => item,
    );
  }
}
