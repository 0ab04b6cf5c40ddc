import { type CredentialRequest, type CredentialSummary, type Receipt, type Ticket } from '../../api/client.js';
import { type Page } from '../../api/newest-first.js';
import { toProblem } from '../../api/problem.js';
import { isEnded } from './news.js';
import { type TicketApi } from './ticket-api.js';

/** Everything that may be known of a ticket at one moment. Never a secret. */
export interface Snapshot {
  readonly ticket: Ticket;
  /** The newest. */
  readonly receipts: Page<Receipt>;
  /** Whether this person may see what is shared: the owner says so, it is not guessed from the ticket. */
  readonly granted: boolean;
  readonly credentials: readonly CredentialSummary[];
  /** The newest. */
  readonly requests: readonly CredentialRequest[];
}

/** @throws ApiProblem where one of the answers was no success */
export async function loadSnapshot(api: TicketApi): Promise<Snapshot> {
  const [ticket, receipts] = await Promise.all([api.ticket(), api.receipts(null)]);
  const nothing = { ticket, receipts, granted: true, credentials: [], requests: [] };
  if (isEnded(ticket.status)) return nothing;
  try {
    const [credentials, requests] = await Promise.all([api.credentials(), api.requests()]);
    return { ...nothing, credentials, requests };
  } catch (error) {
    if (toProblem(error).code === 'forbidden') return { ...nothing, granted: false };
    throw error;
  }
}
