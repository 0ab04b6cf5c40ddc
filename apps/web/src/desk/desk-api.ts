import {
  type AccessLogEntry,
  answer,
  type Api,
  createApi,
  type Receipt,
  type Ticket,
} from '../api/client.js';
import { type Page } from '../api/newest-first.js';
import { type components } from '../api/schema.js';
import { type TicketStatus } from '../api/ticket-status.js';
import { type TokenSource } from '../api/token.js';
import { base } from './base.js';
import { type ListFilter } from './routing.js';

export type { AccessLogEntry as LogEntry, Page, Receipt, Ticket };
export type Reply = components['schemas']['ReplyResponse'];

interface NewTicketBody {
  readonly subject: string;
  readonly description?: string;
  readonly requesterId?: string;
}

/** How many of a list are fetched at once. */
const listPage = 20;
const replyPage = 50;
const logPage = 50;
const receiptPage = 20;

/**
 * What the help desk asks of the API. Every call throws an ApiProblem
 * for any answer but success.
 */
export class DeskApi {
  private readonly api: Api;

  /** Where it is, without `/v1`. */
  readonly baseUrl = location.origin + base;

  constructor(readonly token: TokenSource) {
    this.api = createApi({ baseUrl: this.baseUrl, token });
  }

  tickets({ assignee, status }: ListFilter, cursor?: string): Promise<Page<Ticket>> {
    const query = {
      limit: listPage,
      ...(assignee && { assignee }),
      ...(status && { status }),
      ...(cursor !== undefined && { cursor }),
    };
    return answer(this.api.GET('/v1/tickets', { params: { query } }));
  }

  ticket(ticketId: string): Promise<Ticket> {
    return answer(this.api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId } } }));
  }

  create(body: NewTicketBody, key: string): Promise<Ticket> {
    return answer(
      this.api.POST('/v1/tickets', { params: { header: { 'Idempotency-Key': key } }, body }),
    );
  }

  /**
   * Changes the ticket as it was seen: when somebody was
   * faster, it is refused as `stale`.
   */
  change(
    { id: ticketId, version }: Ticket,
    body: { status?: TicketStatus; assigneeId?: string | null },
  ): Promise<Ticket> {
    const params = { path: { ticketId }, header: { 'If-Match': `"${version}"` } };
    return answer(this.api.PATCH('/v1/tickets/{ticketId}', { params, body }));
  }

  replies(ticketId: string, cursor?: string): Promise<Page<Reply>> {
    const query = { limit: replyPage, ...(cursor !== undefined && { cursor }) };
    return answer(
      this.api.GET('/v1/tickets/{ticketId}/replies', { params: { path: { ticketId }, query } }),
    );
  }

  reply(ticketId: string, body: string, key: string): Promise<Reply> {
    const params = { path: { ticketId }, header: { 'Idempotency-Key': key } };
    return answer(this.api.POST('/v1/tickets/{ticketId}/replies', { params, body: { body } }));
  }

  /** How many credentials an end would destroy. */
  async liveCredentials(ticketId: string): Promise<number> {
    const { items } = await answer(
      this.api.GET('/v1/tickets/{ticketId}/credentials', {
        params: { path: { ticketId }, query: { limit: 100 } },
      }),
    );
    return items.length;
  }

  accessLog(ticketId: string, cursor?: string): Promise<Page<AccessLogEntry>> {
    const query = { limit: logPage, ...(cursor !== undefined && { cursor }) };
    return answer(
      this.api.GET('/v1/tickets/{ticketId}/access-log', { params: { path: { ticketId }, query } }),
    );
  }

  receipts(ticketId: string, cursor?: string): Promise<Page<Receipt>> {
    const query = { limit: receiptPage, ...(cursor !== undefined && { cursor }) };
    return answer(
      this.api.GET('/v1/tickets/{ticketId}/destruction-receipts', {
        params: { path: { ticketId }, query },
      }),
    );
  }
}
