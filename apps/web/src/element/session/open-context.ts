import { createApi, fetchAsBearer } from '../../api/client.js';
import { bearerOf, tokenFrom, type TokenSource } from '../../api/token.js';
import { browserClipboard } from './clipboard.js';
import { type Context } from './context.js';
import { Front } from './front.js';
import { Reveal } from './reveal.js';
import { TicketApi } from './ticket-api.js';
import { TicketWatch } from './ticket-watch.js';

export interface Place {
  readonly ticketId: string;
  /** Where the API is, without `/v1`. */
  readonly baseUrl: string;
  readonly token: TokenSource;
}

type Surroundings = Pick<Context, 'texts' | 'format' | 'seconds' | 'announce' | 'tell'>;

/** Everything that the parts of one ticket share, connected with each other; `close` ends it, and forgets what was revealed. */
export function openContext({ ticketId, baseUrl, token }: Place, surroundings: Surroundings): Context & { close(): void } {
  const api = new TicketApi(createApi({ baseUrl, token }), ticketId);
  const reveal = new Reveal();
  const told = new Set<string>();
  const watch = new TicketWatch({
    api,
    openStream: (signal) => fetchAsBearer(streamRequest(baseUrl, ticketId, signal), token, 15_000),
    onDestroyed: (credentialIds) => {
      reveal.remove(credentialIds);
      const news = credentialIds.filter((id) => !told.has(id));
      for (const id of news) told.add(id);
      if (news.length > 0) surroundings.tell('pc-destroyed', { credentialIds: news });
    },
  });
  watch.observe(wipeWhenLost(watch, reveal, surroundings, ticketId));
  const front = new Front();
  const clipboard = browserClipboard(() => {
    surroundings.announce(surroundings.texts.agent.cleared);
  });
  front.observe(() => void clipboard.retry());
  const close = () => {
    watch.stop();
    front.close();
    reveal.wipe('hidden');
  };
  const me = async () => bearerOf(await tokenFrom(token, 'request'))?.id;
  return { api, watch, reveal, clipboard, front, me, close, ...surroundings };
}

/** What was revealed goes the moment that its ticket has ended, or is somebody else's. */
function wipeWhenLost(watch: TicketWatch, reveal: Reveal, { tell }: Surroundings, ticketId: string): () => void {
  let wasLive = false;
  return () => {
    const { ticket, ended, granted } = watch;
    if (ended) reveal.wipe('ended');
    else if (granted === false) reveal.wipe('lost');
    if (ended && wasLive) tell('pc-ended', { ticketId, status: ticket?.status === 'closed' ? 'closed' : 'resolved' });
    wasLive = ticket !== undefined && !ended;
  };
}

const streamRequest = (baseUrl: string, ticketId: string, signal: AbortSignal): Request =>
  new Request(`${baseUrl.replace(/\/$/, '')}/v1/tickets/${encodeURIComponent(ticketId)}/stream`, { signal });
