import {
  type CredentialRequest,
  type CredentialSummary,
  type Receipt,
  type Ticket,
} from '../../api/client.js';
import { type Page } from '../../api/newest-first.js';
import { type ApiProblem, toProblem } from '../../api/problem.js';
import { isEnded } from './news.js';
import { type TicketApi } from './ticket-api.js';

/** Everything that may be known of a ticket at one moment. Never a secret. */
export interface Snapshot {
  /**
   * Undefined for a former requester, who sees nothing of it but what
   * they have shared themselves.
   */
  readonly ticket: Ticket | undefined;
  /** The newest. */
  readonly receipts: Page<Receipt>;
  /**
   * Whether this person may see what is shared: the owner says so, it is
   * not guessed from the ticket.
   */
  readonly granted: boolean;
  readonly credentials: readonly CredentialSummary[];
  /** The newest. */
  readonly requests: readonly CredentialRequest[];
}

/** What was known before. */
type Known = Pick<Snapshot, 'receipts'> & { readonly ticket: Ticket | undefined };

/**
 * @param refused what was known where this person was refused last: while the ticket is
 *   the same, that is not asked again
 * @throws ApiProblem where one of the answers was no success
 */
export async function loadSnapshot(api: TicketApi, refused: Known | undefined): Promise<Snapshot> {
  try {
    return await loadTicket(api, refused);
  } catch (error) {
    if (toProblem(error).code !== 'not-found') throw error;
    return { ...snapshotOf(undefined, none), credentials: await api.credentials() };
  }
}

async function loadTicket(api: TicketApi, refused: Known | undefined): Promise<Snapshot> {
  const asked = api.ticket();
  if (refused !== undefined && isSame(await asked, refused.ticket))
    return { ...snapshotOf(await asked, refused.receipts), granted: false };
  const [ticket, receipts] = await Promise.all([asked, loadReceipts(api)]);
  const nothing = snapshotOf(ticket, receipts);
  if (isEnded(ticket.status)) return nothing;
  if (ticket.doubted) return { ...nothing, granted: false };
  try {
    const [credentials, requests] = await Promise.all([api.credentials(), api.requests()]);
    return { ...nothing, credentials, requests };
  } catch (error) {
    if (toProblem(error).code === 'forbidden') return { ...nothing, granted: false };
    throw error;
  }
}

/** Nobody sees any while the ticket is in doubt. */
const loadReceipts = (api: TicketApi): Promise<Page<Receipt>> =>
  api.receipts(null).catch((error: unknown) => {
    if (toProblem(error).code === 'standing-unknown') return none;
    throw error;
  });

const none: Page<Receipt> = { items: [], nextCursor: null };

const snapshotOf = (ticket: Ticket | undefined, receipts: Page<Receipt>): Snapshot => ({
  ticket,
  receipts,
  granted: true,
  credentials: [],
  requests: [],
});

/**
 * Whether the ticket is somebody else's, and this person has shared something under it
 * before, which is still there.
 */
export const isFormer = ({
  ticket,
  credentials,
  problem,
}: Pick<Snapshot, 'ticket' | 'credentials'> & { problem?: ApiProblem | undefined }): boolean =>
  ticket === undefined && credentials.length > 0 && problem?.code !== 'not-found';

/** A doubt that comes or goes is a new version, as every change is. */
const isSame = (ticket: Ticket, known: Ticket | undefined): boolean =>
  ticket.version === known?.version;
