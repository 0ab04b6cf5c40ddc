import { toProblem } from '../../api/problem.js';
import { type Context } from '../session/context.js';

/**
 * Fetches all plaintexts of the ticket and shows them for as long as is set.
 * @throws ApiProblem `invalid` at `/reason` where the helpdesk demands one
 */
export async function revealAll(
  { api, reveal, seconds, tell }: Context,
  reason: string | null = null,
): Promise<void> {
  const { wipes } = reveal;
  const items = await api.revealAll(reason).catch((error: unknown) => {
    const problem = toProblem(error);
    reveal.fail(problem);
    throw problem;
  });
  reveal.problem = undefined;
  // The end, or the loss of the ticket, may have been told while
  // the answer was on its way.
  if (reveal.wipes !== wipes) return;
  reveal.reason = reason;
  reveal.show(items, seconds.reveal);
  tell('pc-revealed', { credentialIds: (reveal.items ?? []).map(({ id }) => id) });
}
