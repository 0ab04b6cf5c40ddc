import { createApi, fetchAsBearer, rootOf } from '../../api/client.js';
import { claimsOf, tokenFrom, type TokenNeed, type TokenSource } from '../../api/token.js';
import { fetchGroup } from '../../live/group.js';
import { missingAsRefused } from '../../live/missing-as-refused.js';
import { observePageLife } from '../../live/page-life.js';
import { browserClipboard } from './clipboard.js';
import { type Context } from './context.js';
import { WindowFocus } from './window-focus.js';
import { type WipeReason, Reveal } from './reveal.js';
import { isFormer } from './snapshot.js';
import { TicketApi } from './ticket-api.js';
import { TicketWatch } from './ticket-watch.js';

export interface TicketAccess {
  readonly ticketId: string;
  /** The API's address, without `/v1`. */
  readonly baseUrl: string;
  readonly token: TokenSource;
}

// One for the page, not one for each ticket: what could not be cleared while its ticket
// was open is cleared when the window has the focus again.
const windowFocus = new WindowFocus();
const clipboard = browserClipboard();
windowFocus.observe(() => void clipboard.retry());

type HostServices = Pick<Context, 'texts' | 'format' | 'seconds' | 'announce' | 'emit'>;

/** Wires everything about one ticket; `close` stops it and wipes the reveal. */
export function openContext(
  { ticketId, baseUrl, token }: TicketAccess,
  host: HostServices,
): Context & { close(): void } {
  const watchedToken = async (need: TokenNeed): Promise<string> => {
    const given = await tokenFrom(token, need);
    watch.noteToken(given);
    return given;
  };
  const api = new TicketApi(createApi({ baseUrl, token: watchedToken }), ticketId);
  const reveal = new Reveal();
  const reported = new Set<string>();
  const watch = new TicketWatch({
    api,
    group: () => fetchGroup(baseUrl, token),
    open: (ticketIds, signal) =>
      fetchAsBearer(
        streamRequest(baseUrl, ticketIds, signal),
        missingAsRefused(watchedToken),
        15_000,
      ),
    isSecretShown: () => (reveal.items?.length ?? 0) > 0,
    onDestroyed: (credentialIds) => {
      reveal.remove(credentialIds);
      const unreported = credentialIds.filter((id) => !reported.has(id));
      for (const id of unreported) reported.add(id);
      if (unreported.length > 0) host.emit('pc-destroyed', { credentialIds: unreported });
    },
  });
  watch.observe(wipeWhenLost(watch, reveal, host, ticketId));
  // A suspended page would not notice that the ticket ends.
  const unobserve = observePageLife((life) => {
    if (life === 'suspended') reveal.wipe('hidden');
  });
  const close = () => {
    unobserve();
    watch.stop();
    reveal.wipe('lost');
  };
  const me = async () => claimsOf(await tokenFrom(token, 'request'))?.sub;
  return { api, watch, reveal, clipboard, windowFocus, me, close, ...host };
}

/** Wipes the reveal at the moment that the ticket ends or goes to another agent. */
function wipeWhenLost(
  watch: TicketWatch,
  reveal: Reveal,
  { emit }: HostServices,
  ticketId: string,
): () => void {
  let wasLive = false;
  return () => {
    const { ticket, ended } = watch;
    const reason = wipeReasonOf(watch);
    if (reason !== undefined) reveal.wipe(reason);
    if (ended && wasLive) {
      void clipboard.clear();
      emit('pc-ended', { ticketId, status: ticket?.status === 'closed' ? 'closed' : 'resolved' });
    }
    wasLive = ticket !== undefined && !ended;
  };
}

function wipeReasonOf(watch: TicketWatch): WipeReason | undefined {
  const { ended, granted, problem } = watch;
  if (ended) return 'ended';
  if (granted === false || isFormer(watch) || problem?.code === 'not-found') return 'lost';
  // Not `lost`: after a new sign-in the typed text is still there.
  return problem?.code === 'unauthenticated' ? 'hidden' : undefined;
}

const streamRequest = (
  baseUrl: string,
  ticketIds: readonly string[],
  signal: AbortSignal,
): Request =>
  new Request(`${rootOf(baseUrl)}/v1/streams?tickets=${ticketIds.map(encodeURIComponent).join()}`, {
    signal,
  });
