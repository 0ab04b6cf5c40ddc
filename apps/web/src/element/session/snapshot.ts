import {
  type CredentialRequest,
  type CredentialSummary,
  type Receipt,
  type Ticket,
} from '../../api/client.js';
import { type Page } from '../../api/newest-first.js';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { isEnded } from './urgent-change.js';
import { type TicketApi } from './ticket-api.js';

/** What this person may know of a ticket at one moment. Never a secret. */
export interface Snapshot {
  /**
   * Undefined for a former requester, who sees nothing but what they have shared
   * themselves.
   */
  readonly ticket: Ticket | undefined;
  /** The newest page. */
  readonly receipts: Page<Receipt>;
  /**
   * Whether this person may see what is shared: `credentials` answers that, and the page
   * does not derive it from the ticket.
   */
  readonly granted: boolean;
  readonly credentials: readonly CredentialSummary[];
  /** The newest page. */
  readonly requests: readonly CredentialRequest[];
}

/** What was fetched when this person was refused. */
type PreviousRefusal = Pick<Snapshot, 'receipts'> & { readonly ticket: Ticket | undefined };

/**
 * @param refused the last refusal, which stands while the ticket has not changed: then
 *   only the ticket is fetched
 * @throws ApiProblem if an answer was no success
 */
export async function loadSnapshot(
  api: TicketApi,
  refused: PreviousRefusal | undefined,
): Promise<Snapshot> {
  try {
    return await loadTicket(api, refused);
  } catch (error) {
    if (toProblem(error).code !== 'not-found') throw error;
    return { ...snapshotOf(undefined, noReceipts), credentials: await api.credentials() };
  }
}

async function loadTicket(api: TicketApi, refused: PreviousRefusal | undefined): Promise<Snapshot> {
  const requested = api.ticket();
  if (refused !== undefined && isSame(await requested, refused.ticket))
    return { ...snapshotOf(await requested, refused.receipts), granted: false };
  const [ticket, receipts] = await Promise.all([requested, loadReceipts(api)]);
  const empty = snapshotOf(ticket, receipts);
  if (isEnded(ticket.status)) return empty;
  if (ticket.doubted) return { ...empty, granted: false };
  try {
    const [credentials, requests] = await Promise.all([api.credentials(), api.requests()]);
    return { ...empty, credentials, requests };
  } catch (error) {
    if (toProblem(error).code === 'forbidden') return { ...empty, granted: false };
    throw error;
  }
}

/** While the ticket is in doubt, nobody may see them. */
const loadReceipts = (api: TicketApi): Promise<Page<Receipt>> =>
  api.receipts(null).catch((error: unknown) => {
    if (toProblem(error).code === 'standing-unknown') return noReceipts;
    throw error;
  });

const noReceipts: Page<Receipt> = { items: [], nextCursor: null };

const snapshotOf = (ticket: Ticket | undefined, receipts: Page<Receipt>): Snapshot => ({
  ticket,
  receipts,
  granted: true,
  credentials: [],
  requests: [],
});

/** Whether the ticket has another requester now, and this person's credentials remain. */
export const isFormer = ({
  ticket,
  credentials,
  problem,
}: Pick<Snapshot, 'ticket' | 'credentials'> & { problem?: ApiProblem | undefined }): boolean =>
  ticket === undefined && credentials.length > 0 && problem?.code !== 'not-found';

/** Every change, also one of the doubt, gives a new version. */
const isSame = (ticket: Ticket, known: Ticket | undefined): boolean =>
  ticket.version === known?.version;
