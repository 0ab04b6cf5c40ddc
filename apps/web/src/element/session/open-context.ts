import { createApi, fetchAsBearer, rootOf } from '../../api/client.js';
import { claimsOf, tokenFrom, type TokenNeed, type TokenSource } from '../../api/token.js';
import { groupOf } from '../../live/group.js';
import { orRefused } from '../../live/or-refused.js';
import { observeLife } from '../../live/page-life.js';
import { browserClipboard } from './clipboard.js';
import { type Context } from './context.js';
import { Front } from './front.js';
import { type Gone, Reveal } from './reveal.js';
import { isFormer } from './snapshot.js';
import { TicketApi } from './ticket-api.js';
import { TicketWatch } from './ticket-watch.js';

export interface Place {
  readonly ticketId: string;
  /** Where the API is, without `/v1`. */
  readonly baseUrl: string;
  readonly token: TokenSource;
}

// One for the page: what could not be cleared while its ticket was open is cleared when
// the window is in front again.
const front = new Front();
const clipboard = browserClipboard();
front.observe(() => void clipboard.retry());

type Surroundings = Pick<Context, 'texts' | 'format' | 'seconds' | 'announce' | 'tell'>;

/**
 * Everything that the parts of one ticket share, connected with each other; `close` ends
 * it, and forgets what was revealed.
 */
export function openContext(
  { ticketId, baseUrl, token }: Place,
  surroundings: Surroundings,
): Context & { close(): void } {
  const noted = async (need: TokenNeed): Promise<string> => {
    const given = await tokenFrom(token, need);
    watch.takeNoteOf(given);
    return given;
  };
  const api = new TicketApi(createApi({ baseUrl, token: noted }), ticketId);
  const reveal = new Reveal();
  const told = new Set<string>();
  const watch = new TicketWatch({
    api,
    group: () => groupOf(baseUrl, token),
    open: (ticketIds, signal) =>
      fetchAsBearer(streamRequest(baseUrl, ticketIds, signal), orRefused(noted), 15_000),
    isShowing: () => (reveal.items?.length ?? 0) > 0,
    onDestroyed: (credentialIds) => {
      reveal.remove(credentialIds);
      const news = credentialIds.filter((id) => !told.has(id));
      for (const id of news) told.add(id);
      if (news.length > 0) surroundings.tell('pc-destroyed', { credentialIds: news });
    },
  });
  watch.observe(wipeWhenLost(watch, reveal, surroundings, ticketId));
  // A page that is kept for "back", or frozen, does not hear of an end.
  const unobserve = observeLife((life) => {
    if (life === 'away') reveal.wipe('hidden');
  });
  const close = () => {
    unobserve();
    watch.stop();
    reveal.wipe('lost');
  };
  const me = async () => claimsOf(await tokenFrom(token, 'request'))?.sub;
  return { api, watch, reveal, clipboard, front, me, close, ...surroundings };
}

/** What was revealed goes the moment that its ticket has ended, or is somebody else's. */
function wipeWhenLost(
  watch: TicketWatch,
  reveal: Reveal,
  { tell }: Surroundings,
  ticketId: string,
): () => void {
  let wasLive = false;
  return () => {
    const { ticket, ended } = watch;
    const gone = goneOf(watch);
    if (gone !== undefined) reveal.wipe(gone);
    if (ended && wasLive) {
      void clipboard.clear();
      tell('pc-ended', { ticketId, status: ticket?.status === 'closed' ? 'closed' : 'resolved' });
    }
    wasLive = ticket !== undefined && !ended;
  };
}

function goneOf(watch: TicketWatch): Gone | undefined {
  const { ended, granted, problem } = watch;
  if (ended) return 'ended';
  if (granted === false || isFormer(watch) || problem?.code === 'not-found') return 'lost';
  // Whoever signs in again finds what they typed.
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
