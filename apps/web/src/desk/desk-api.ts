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
import { basePath, type ListFilter } from './routing.js';

export type { AccessLogEntry as LogEntry, Page, Receipt, Ticket };
export type Reply = components['schemas']['ReplyResponse'];

interface NewTicketBody {
  readonly subject: string;
  readonly description?: string;
  readonly requesterId?: string;
}

/** Items per page of each list. */
const listPage = 20;
const replyPage = 50;
const logPage = 50;
const receiptPage = 20;

/** The API calls of the help desk. Each throws an ApiProblem unless it succeeds. */
export class DeskApi {
  private readonly api: Api;

  /** The API without `/v1`. */
  readonly baseUrl = location.origin + basePath;

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

  /** Changes this version of the ticket; refused as `stale` if there is a newer one. */
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

  /** How many credentials would be destroyed if the ticket ended now. */
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
