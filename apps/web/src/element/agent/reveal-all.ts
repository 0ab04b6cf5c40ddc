import { toProblem } from '../../api/problem.js';
import { type Context } from '../session/context.js';

/**
 * Fetches all plaintexts of the ticket and shows them for `seconds.reveal`.
 * @throws ApiProblem `invalid` at `/reason` if REVEAL_REASON is required and it is
 * missing
 */
export async function revealAll(
  { api, reveal, seconds, emit }: Context,
  reason: string | null = null,
): Promise<void> {
  const { wipes } = reveal;
  const items = await api.revealAll(reason).catch((error: unknown) => {
    const problem = toProblem(error);
    reveal.fail(problem);
    throw problem;
  });
  reveal.problem = undefined;
  // The ticket may have ended, or been reassigned, before the answer arrived.
  if (reveal.wipes !== wipes) return;
  reveal.reason = reason;
  reveal.show(items, seconds.reveal);
  emit('pc-revealed', { credentialIds: (reveal.items ?? []).map(({ id }) => id) });
}
