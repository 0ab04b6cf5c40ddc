import {
  answer,
  type AccessLogEntry,
  type Api,
  type CredentialRequest,
  type CredentialSummary,
  type NewCredential,
  type Receipt,
  type RevealedCredential,
  type Ticket,
} from '../../api/client.js';
import { type Page } from '../../api/newest-first.js';

/**
 * The calls of the element about its ticket. Each throws ApiProblem for any status that
 * is no success.
 */
export class TicketApi {
  constructor(
    private readonly api: Api,
    readonly ticketId: string,
  ) {}

  ticket(): Promise<Ticket> {
    return answer(this.api.GET('/v1/tickets/{ticketId}', { params: { path: this.path } }));
  }

  /**
   * Assigns the ticket, unless it has changed since `version` (412): another agent may
   * have taken it.
   */
  takeTicket(agentId: string, version: number): Promise<Ticket> {
    const header = { 'If-Match': `"${version}"` };
    return answer(
      this.api.PATCH('/v1/tickets/{ticketId}', {
        params: { path: this.path, header },
        body: { assigneeId: agentId },
      }),
    );
  }

  async credentials(): Promise<readonly CredentialSummary[]> {
    return (
      await answer(
        this.api.GET('/v1/tickets/{ticketId}/credentials', { params: { path: this.path } }),
      )
    ).items;
  }

  submit(credential: NewCredential, key: string): Promise<CredentialSummary> {
    const params = { path: this.path, header: { 'Idempotency-Key': key } };
    return answer(
      this.api.POST('/v1/tickets/{ticketId}/credentials', { params, body: credential }),
    );
  }

  async revealAll(reason: string | null): Promise<readonly RevealedCredential[]> {
    const call = this.api.POST('/v1/tickets/{ticketId}/credentials/reveal', {
      params: { path: this.path },
      body: { reason },
    });
    return (await answer(call)).items;
  }

  revealOne(credentialId: string, reason: string | null): Promise<RevealedCredential> {
    const params = { path: { ...this.path, credentialId } };
    return answer(
      this.api.POST('/v1/tickets/{ticketId}/credentials/{credentialId}/reveal', {
        params,
        body: { reason },
      }),
    );
  }

  editNote(
    credentialId: string,
    noteVersion: number,
    note: string | null,
  ): Promise<CredentialSummary> {
    const params = {
      path: { ...this.path, credentialId },
      header: { 'If-Match': `"${noteVersion}"` },
    };
    return answer(
      this.api.PATCH('/v1/tickets/{ticketId}/credentials/{credentialId}', {
        params,
        body: { additionalInformation: note },
      }),
    );
  }

  destroy(credentialId: string): Promise<unknown> {
    const params = { path: { ...this.path, credentialId } };
    return answer(this.api.DELETE('/v1/tickets/{ticketId}/credentials/{credentialId}', { params }));
  }

  /** The newest page; an open request is always on it. */
  async requests(): Promise<readonly CredentialRequest[]> {
    return (
      await answer(
        this.api.GET('/v1/tickets/{ticketId}/credential-requests', {
          params: { path: this.path },
        }),
      )
    ).items;
  }

  requestCredentials(message: string | null, key: string): Promise<CredentialRequest> {
    const params = { path: this.path, header: { 'Idempotency-Key': key } };
    return answer(
      this.api.POST('/v1/tickets/{ticketId}/credential-requests', { params, body: { message } }),
    );
  }

  withdrawRequest(requestId: string): Promise<unknown> {
    const params = { path: { ...this.path, requestId } };
    return answer(
      this.api.DELETE('/v1/tickets/{ticketId}/credential-requests/{requestId}', { params }),
    );
  }

  accessLog(cursor: string | null): Promise<Page<AccessLogEntry>> {
    const query = { limit: 20, ...(cursor !== null && { cursor }) };
    return answer(
      this.api.GET('/v1/tickets/{ticketId}/access-log', { params: { path: this.path, query } }),
    );
  }

  receipts(cursor: string | null): Promise<Page<Receipt>> {
    const query = { limit: 20, ...(cursor !== null && { cursor }) };
    return answer(
      this.api.GET('/v1/tickets/{ticketId}/destruction-receipts', {
        params: { path: this.path, query },
      }),
    );
  }

  private get path(): { readonly ticketId: string } {
    return { ticketId: this.ticketId };
  }
}
