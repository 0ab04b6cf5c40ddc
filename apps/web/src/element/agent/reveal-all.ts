import { type Context } from '../session/context.js';

/**
 * Fetches all plaintexts of the ticket and shows them for as long as is set.
 * @throws ApiProblem `invalid` at `/reason` where the helpdesk demands one
 */
export async function revealAll({ api, reveal, seconds, tell, watch }: Context, reason: string | null = null): Promise<void> {
  const items = await api.revealAll(reason);
  // The end may have been told while the answer was on its way.
  if (watch.ended) return;
  reveal.reason = reason;
  reveal.show(items, seconds.reveal);
  tell('pc-revealed', { credentialIds: items.map(({ id }) => id) });
}
